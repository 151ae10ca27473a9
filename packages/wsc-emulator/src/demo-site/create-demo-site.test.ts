import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { findingLine, scanAll, scanRequest, testScanner } from "../scanner/testing/scan-request.ts";
import { createDemoSite, type DemoSite } from "./create-demo-site.ts";
import { demoSiteWeaknesses } from "./demo-site-weaknesses.ts";

async function startDemoSite(): Promise<DemoSite> {
  const site = await createDemoSite();
  onTestFinished(() => site.close());
  return site;
}

const plantedLines = demoSiteWeaknesses.map(
  ({ item, method, path, parameter }) => `${item} ${method} ${path} ${parameter}`,
);

describe("the demo site", () => {
  it("has exactly its listed weaknesses, and a scan finds each", async () => {
    const site = await startDemoSite();
    const findings = await scanAll(scanRequest(`${site.origin}/`));
    expect(findings.map(findingLine).sort()).toEqual(plantedLines.toSorted());
  });

  it("shows nothing of an excluded part", async () => {
    const site = await startDemoSite();
    const request = scanRequest(`${site.origin}/`, { excludeUrls: [`${site.origin}/admin`, `${site.origin}/search`] });
    const { pages } = await testScanner().crawl(request, () => {});
    expect(pages.filter(({ url }) => /\/(?:admin|search)/.test(url))).toEqual([]);
    expect((await scanAll(request)).map(findingLine).sort()).toEqual(
      plantedLines.filter((line) => !line.includes("/search")).toSorted(),
    );
  });

  it("states on every HTML page that it is vulnerable on purpose", async () => {
    const site = await startDemoSite();
    const { pages } = await testScanner().crawl(scanRequest(`${site.origin}/`), () => {});
    expect(pages.length).toBeGreaterThan(40);
    for (const { url } of pages) {
      const response = await fetch(url);
      const text = await response.text();
      if (response.headers.get("content-type")?.startsWith("text/html")) expect(text).toContain("Deliberately weak");
    }
  });

  it("has no dead links", async () => {
    const site = await startDemoSite();
    const { pages } = await testScanner().crawl(scanRequest(`${site.origin}/`), () => {});
    expect(pages.filter(({ status }) => status >= 400)).toEqual([]);
  });

  it.each(["/", "/search?q=x", "/nowhere"])("runs scripts injected in %s without an origin", async (path) => {
    const site = await startDemoSite();
    const policy = (await fetch(site.origin + path)).headers.get("content-security-policy");
    expect(policy).toMatch(/^sandbox /);
    expect(policy).not.toContain("allow-same-origin");
  });

  it.each(["/nowhere", "/product?id=99", "/category/nothing", "/product?id=1&id=2"])(
    "answers 404 for %s",
    async (path) => {
      const site = await startDemoSite();
      expect((await fetch(site.origin + path)).status).toBe(404);
    },
  );

  it.each(["/%", "/search?q=%ff&q[a]=1"])("survives %s", async (path) => {
    const site = await startDemoSite();
    expect((await fetch(site.origin + path)).status).toBeLessThan(500);
  });

  it("refuses a body that is too large", async () => {
    const site = await startDemoSite();
    const body = new URLSearchParams({ name: "x".repeat(100_000) });
    expect((await fetch(`${site.origin}/newsletter`, { method: "POST", body })).status).toBe(413);
  });

  it.each(["0.0.0.0", "::", "192.0.2.1", ""])("refuses to bind to %j", async (host) => {
    await expect(createDemoSite({ host })).rejects.toThrow("loopback only");
  });

  it("stops on close, even with an open connection", async () => {
    const site = await createDemoSite();
    const socket = connect(site.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.write("POST /newsletter HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n");
    // The server now waits for a body that never comes.
    await once(socket, "data");
    await Promise.all([site.close(), once(socket, "close")]);
    await expect(fetch(site.origin)).rejects.toThrow();
  });

  it("says why when its port is taken", async () => {
    const site = await startDemoSite();
    await expect(createDemoSite({ port: site.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });
});
