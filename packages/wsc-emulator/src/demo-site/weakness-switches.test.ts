import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import type { CrawledPage } from "../scanner/site-scanner.ts";
import { findingLine, scanRequest, testScanner } from "../scanner/testing/scan-request.ts";
import { createDemoSite, type DemoSite } from "./create-demo-site.ts";
import { allDemoSiteWeaknesses, demoSiteWeaknesses } from "./demo-site-weaknesses.ts";

const allIds = allDemoSiteWeaknesses.map(({ id }) => id);

/** What a page needs beside its weak parameter to be shown at all. */
const furtherQuery: Readonly<Record<string, string>> = { "/product": "&id=1" };

async function startDemoSite(): Promise<DemoSite> {
  const site = await createDemoSite();
  onTestFinished(() => site.close());
  return site;
}

/** Probes only the weak places, so that many scans stay fast. */
async function probeWeakPlaces(site: DemoSite): Promise<string[]> {
  const pages = allDemoSiteWeaknesses.map(({ method, path, parameter }): CrawledPage => {
    const url = `${site.origin}${path}`;
    if (method === "GET") return { url: `${url}?${parameter}=x${furtherQuery[path] ?? ""}`, status: 200, forms: [] };
    const form = { method, action: url, fields: [{ name: parameter, value: "x" }] };
    return { url: `${site.origin}/`, status: 200, forms: [form] };
  });
  const request = scanRequest(`${site.origin}/`, { headers: { Cookie: site.signIn() } });
  const crawl = { pages, scannedDomains: [], notScannedDomains: [] };
  return (await testScanner().probe(request, crawl, () => {})).map(findingLine).sort();
}

const linesOf = (site: DemoSite): string[] =>
  site
    .weaknesses("member")
    .map(({ item, method, path, parameter }) => `${item} ${method} ${path} ${parameter}`)
    .sort();

function control(site: DemoSite, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return fetch(`${site.origin}/control${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { "content-type": "application/json", "x-wsc-control": "1", ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

const openIn = async (answer: Response): Promise<string[]> => {
  const { weaknesses } = (await answer.json()) as { weaknesses: { id: string; isOpen: boolean }[] };
  return weaknesses.filter(({ isOpen }) => isOpen).map(({ id }) => id);
};

describe("the demo site's weaknesses", () => {
  it("are found by a scan exactly as configured, for any repaired and planted set", async () => {
    const site = await startDemoSite();
    await fc.assert(
      fc.asyncProperty(fc.subarray(allIds), async (open) => {
        site.patch();
        site.plant(open);
        expect(site.weaknesses("member").map(({ id }) => id)).toEqual(open);
        expect(await probeWeakPlaces(site)).toEqual(linesOf(site));
      }),
      // None, all, and each of the two that share a parameter.
      { numRuns: 6, examples: [[[]], [allIds], [["news-text"]], [["news-include"]]] },
    );
  });

  it("can be some fixed, some remaining and one new after a repair", async () => {
    const site = await startDemoSite();
    site.patch(["search", "news-include", "manual"]);
    site.plant(["gift"]);
    const before = demoSiteWeaknesses.map(({ id }) => id);
    const after = site.weaknesses().map(({ id }) => id);
    expect(before.filter((id) => !after.includes(id))).toEqual(["search", "news-include", "manual"]);
    expect(after.filter((id) => !before.includes(id))).toEqual(["gift"]);
    site.reset();
    expect(site.weaknesses()).toEqual(demoSiteWeaknesses);
  });

  it("are unchanged when an id is unknown", async () => {
    const site = await startDemoSite();
    expect(() => site.patch(["search", "nothing" as "gift"])).toThrow();
    expect(() => site.plant(["gift", "__proto__" as "gift"])).toThrow();
    expect(site.weaknesses()).toEqual(demoSiteWeaknesses);
  });
});

describe("the demo site's control endpoint", () => {
  it("repairs, plants and resets", async () => {
    const site = await startDemoSite();
    expect(await openIn(await control(site, "/patch", { ids: "all" }))).toEqual([]);
    expect(await openIn(await control(site, "/plant", { ids: ["gift", "search"] }))).toEqual(["search", "gift"]);
    expect(site.weaknesses().map(({ id }) => id)).toEqual(["search", "gift"]);
    const cookie = site.signIn();
    expect(await openIn(await control(site, "/reset", {}))).toEqual(allIds.filter((id) => id !== "gift"));
    expect((await fetch(`${site.origin}/account`, { redirect: "manual", headers: { cookie } })).status).toBe(303);
    expect(await openIn(await control(site, "/weaknesses"))).toEqual(allIds.filter((id) => id !== "gift"));
  });

  it.each([
    ["/patch", {}],
    ["/patch", { ids: "some" }],
    ["/patch", { ids: ["search", "nothing"] }],
    ["/patch", { ids: ["search"], all: true }],
    ["/plant", { ids: "search" }],
    ["/plant", []],
  ])("refuses POST %s with %j and changes nothing", async (path, body) => {
    const site = await startDemoSite();
    const answer = await control(site, path, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toHaveProperty("error");
    expect(site.weaknesses()).toEqual(demoSiteWeaknesses);
  });

  it.each([
    ["/weaknesses", undefined],
    ["/patch", { ids: "all" }],
    ["/plant", { ids: "all" }],
    ["/reset", {}],
    ["/nothing", undefined],
  ])("refuses %s without its header", async (path, body) => {
    const site = await startDemoSite();
    expect((await control(site, path, body, { "x-wsc-control": "0" })).status).toBe(403);
    expect(site.weaknesses()).toEqual(demoSiteWeaknesses);
  });

  it("has no other paths", async () => {
    expect((await control(await startDemoSite(), "/faults")).status).toBe(404);
  });
});
