import { describe, expect, it } from "vitest";
import type { CrawlResult, ScanFinding } from "./site-scanner.ts";
import { TargetUnreachable } from "./target-unreachable.ts";
import { findingLine, scanAll, scanRequest, testScanner } from "./testing/scan-request.ts";
import { type Answer, sendHtml, startRecordingSite } from "./testing/start-recording-site.ts";

/** A site whose start page is `html` and whose every other page echoes all it is sent, unescaped. */
function echoAnswer(html: string): Answer {
  return ({ url, body }, response) => {
    sendHtml(response, url.pathname === "/" ? html : [...url.searchParams.values(), ...body.values()].join(" "));
  };
}

const include = `<!--#echo var="DATE_LOCAL" -->`;

describe("probing", () => {
  it("probes each parameter of links and forms separately with the others unchanged", async () => {
    const site = await startRecordingSite(
      echoAnswer(
        `<a href="/link?a=1&b=2"></a><form method="post" action="/form?c=3"><input name="d" value="4"></form>`,
      ),
    );
    const findings = await scanAll(scanRequest(`${site.origin}/`, { items: ["XSS"] }));
    expect(findings.map(findingLine).sort()).toEqual([
      "XSS GET /link a",
      "XSS GET /link b",
      "XSS POST /form c",
      "XSS POST /form d",
    ]);
    for (const { url, body } of site.requests.slice(2)) {
      const values = Object.fromEntries([...url.searchParams, ...body]);
      const tampered = Object.values(values).filter((value) => value.includes("wscx"));
      expect(tampered).toHaveLength(1);
      expect(values).toMatchObject(
        url.pathname === "/link" ? { [tampered[0] === values.a ? "b" : "a"]: expect.stringMatching(/^[12]$/) } : {},
      );
    }
  });

  it("describes a finding completely", async () => {
    const site = await startRecordingSite(echoAnswer(`<a href="/link?a=1">`));
    const [finding, ...others] = await scanAll(scanRequest(`${site.origin}/`));
    expect(others).toEqual([]);
    expect(finding).toEqual({
      item: "XSS",
      risk: "Medium",
      url: `${site.origin}/link`,
      method: "GET",
      parameter: "a",
      evidence: expect.stringMatching(/^GET \/link\?a=wscx/),
    } satisfies ScanFinding);
  });

  it("reports one finding per item, method, URL and parameter, however many variants there are", async () => {
    const links = Array.from({ length: 9 }, (_, index) => `<a href="/link?a=${index}">x</a>`).join("");
    const site = await startRecordingSite(echoAnswer(links));
    expect(await scanAll(scanRequest(`${site.origin}/`, { items: ["XSS"] }))).toHaveLength(1);
    // Found at the first try, so the other variants are not tried at all.
    expect(site.paths().filter((path) => path.includes("wscx"))).toHaveLength(1);
  });

  it("probes a form on every page once", async () => {
    const form = `<form method="post" action="/subscribe"><input name="name" value="n"></form>`;
    const site = await startRecordingSite((_, response) => {
      sendHtml(response, `${form}<a href="/a"></a><a href="/b"></a><a href="/c"></a>`);
    });
    await scanAll(scanRequest(`${site.origin}/`, { items: ["XSS"] }));
    expect(site.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
  });

  it("probes a few variants, because another value may be vulnerable", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      const weak = url.searchParams.get("mode") === "preview" ? url.searchParams.get("text") : "";
      sendHtml(
        response,
        url.pathname === "/" ? `<a href="/p?mode=full&text=x"></a><a href="/p?mode=preview&text=x"></a>` : `${weak}`,
      );
    });
    expect((await scanAll(scanRequest(`${site.origin}/`))).map(findingLine)).toEqual(["XSS GET /p text"]);
  });

  it.each([
    [["XSS"], ["XSS"]],
    [["SSI Injection"], ["SSI Injection"]],
    [
      ["SSI Injection", "XSS"],
      ["SSI Injection", "XSS"],
    ],
    [["ALL"], ["SSI Injection", "XSS"]],
    [["Unknown item"], []],
    [["xss"], []],
    [[], []],
  ])("runs the checks for %j only", async (items, expected) => {
    const site = await startRecordingSite(({ url }, response) => {
      const value = url.searchParams.get("a") ?? "";
      sendHtml(response, url.pathname === "/" ? `<a href="/p?a=1">` : value.replace(include, "23:15 2026"));
    });
    const findings = await scanAll(scanRequest(`${site.origin}/`, { items }));
    expect(findings.map(({ item }) => item).sort()).toEqual(expected);
  });

  it("shows the page behind a redirect after a form", async () => {
    let last = "";
    const site = await startRecordingSite(({ method, url, body }, response) => {
      if (url.pathname === "/") return sendHtml(response, `<form method="post" action="/save"><input name="n"></form>`);
      if (method === "POST") {
        last = body.get("n") ?? "";
        return response.writeHead(303, { location: "/saved" }).end();
      }
      return sendHtml(response, `Saved ${last}`);
    });
    expect((await scanAll(scanRequest(`${site.origin}/`))).map(findingLine)).toEqual(["XSS POST /save n"]);
  });

  it("reports progress that never falls and ends at a hundred with all findings", async () => {
    const site = await startRecordingSite(echoAnswer(`<a href="/link?a=1&b=2"></a><a href="/other?c=3">`));
    const scanner = testScanner();
    const request = scanRequest(`${site.origin}/`);
    const seen: { percent: number; count: number }[] = [];
    const findings = await scanner.probe(request, await scanner.crawl(request, () => {}), (percent, soFar) =>
      seen.push({ percent, count: soFar.length }),
    );
    expect(seen).toEqual(seen.toSorted((a, b) => a.percent - b.percent || a.count - b.count));
    expect(seen.every(({ percent }) => Number.isInteger(percent) && percent >= 0 && percent <= 100)).toBe(true);
    expect(seen.at(-1)).toEqual({ percent: 100, count: findings.length });
  });

  it("ends at a hundred without parameters", async () => {
    const site = await startRecordingSite(echoAnswer(""));
    const scanner = testScanner();
    const request = scanRequest(`${site.origin}/`);
    const seen: number[] = [];
    expect(
      await scanner.probe(request, await scanner.crawl(request, () => {}), (percent) => seen.push(percent)),
    ).toEqual([]);
    expect(seen).toEqual([100]);
  });
});

describe("probing never touches", () => {
  it("an excluded form or link", async () => {
    const site = await startRecordingSite(
      echoAnswer(
        `<form method="post" action="/admin/save"><input name="n"></form><a href="/admin?x=1"></a><a href="/ok?a=1"></a>`,
      ),
    );
    const findings = await scanAll(scanRequest(`${site.origin}/`, { excludeUrls: [`${site.origin}/admin`] }));
    expect(findings.map(findingLine)).toEqual(["XSS GET /ok a"]);
    expect(site.paths().filter((path) => path.startsWith("/admin"))).toEqual([]);
  });

  it("another origin, by form or by redirect, and sends it no headers", async () => {
    const other = await startRecordingSite(echoAnswer(""));
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/")
        sendHtml(response, `<form method="post" action="${other.origin}/f"><input name="n"></form><a href="/go?to=1">`);
      else response.writeHead(307, { location: `${other.origin}/echo?${url.searchParams}` }).end();
    });
    const request = scanRequest(`${site.origin}/`, { isHostAllowed: () => true, headers: { Cookie: "SID=demo-only" } });
    expect(await scanAll(request)).toEqual([]);
    expect(other.requests).toEqual([]);
    expect(site.requests.every(({ headers }) => headers.cookie === "SID=demo-only")).toBe(true);
  });

  it("URLs that the crawl did not report", async () => {
    const site = await startRecordingSite(echoAnswer(""));
    const forged: CrawlResult = {
      pages: [{ url: `${site.origin}/p?a=1`, status: 200, forms: [] }],
      scannedDomains: [],
      notScannedDomains: [],
    };
    expect(await testScanner().probe(scanRequest("http://127.0.0.1:1/"), forged, () => {})).toEqual([]);
    expect(site.requests).toEqual([]);
  });

  it("a host that is no longer allowed", async () => {
    const site = await startRecordingSite(echoAnswer(`<a href="/p?a=1">`));
    const scanner = testScanner();
    const crawl = await scanner.crawl(scanRequest(`${site.origin}/`), () => {});
    const before = site.requests.length;
    await scanner.probe(scanRequest(`${site.origin}/`, { isHostAllowed: () => false }), crawl, () => {});
    expect(site.requests).toHaveLength(before);
  });
});

describe("probing ends", () => {
  const manyParameters = Array.from({ length: 40 }, (_, index) => `<a href="/p${index}?a=1">x</a>`).join("");

  it("with at most one more request after its signal", async () => {
    const controller = new AbortController();
    const site = await startRecordingSite((request, response) => {
      if (request.url.search.includes("wscx")) controller.abort(new Error("stopped by a person"));
      echoAnswer(manyParameters)(request, response);
    });
    const request = scanRequest(`${site.origin}/`, { signal: controller.signal });
    const scanner = testScanner();
    const crawl = await scanner.crawl(request, () => {});
    const before = site.requests.length;
    await expect(scanner.probe(request, crawl, () => {})).rejects.toThrow("stopped by a person");
    expect(site.requests.length - before).toBeLessThanOrEqual(2);
  });

  it("with an error when the site fails, not with a clean report", async () => {
    const site = await startRecordingSite((request, response) => {
      if (request.url.search.includes("wscx") || site.requests.length > 60) response.destroy();
      else echoAnswer(manyParameters)(request, response);
    });
    const scanner = testScanner({ maxSilentRequests: 4 });
    const request = scanRequest(`${site.origin}/`);
    const crawl = await scanner.crawl(request, () => {});
    await expect(scanner.probe(request, crawl, () => {})).rejects.toThrow(TargetUnreachable);
    expect(site.requests.length).toBeLessThan(120);
  });

  it("in a ring of redirects", async () => {
    const site = await startRecordingSite(({ url }, response) => {
      if (url.pathname === "/") sendHtml(response, `<a href="/ring?a=1">`);
      else response.writeHead(302, { location: `/ring?${url.searchParams}` }).end();
    });
    expect(await scanAll(scanRequest(`${site.origin}/`), { maxRedirects: 3 })).toEqual([]);
    expect(site.requests.length).toBeLessThan(30);
  });
});
