import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { headerMode } from "./identity/header-mode.ts";
import { type Ask, type Stack, startStack } from "./start-bff.ts";

let stack: Stack;
let ahead = 0;
beforeAll(async () => {
  // Without the proxy's headers nobody is authenticated; reports must be accepted all the same.
  stack = await startStack({
    bffNow: () => Date.now() + ahead,
    environment: { ...headerMode, WSC_PUBLIC_ORIGIN: "https://wsc.example.com" },
  });
});
afterAll(() => stack.close());
beforeEach(() => {
  ahead += 61_000;
  stack.logs.length = 0;
});

const single = (change: Record<string, unknown> = {}): string =>
  JSON.stringify({
    "csp-report": {
      "document-uri": "https://wsc.example.com/jobs?q=canary-query#canary-fragment",
      "effective-directive": "script-src-elem",
      "blocked-uri": "https://user:canary-password@evil.example.com/canary-path?canary=1",
      "source-file": "https://wsc.example.com/assets/main-1a2b.js",
      "line-number": 7,
      "script-sample": "canary-sample",
      "original-policy": "default-src 'none'",
      ...change,
    },
  });
const list = (reports: unknown): string => JSON.stringify(reports);
const modern = {
  type: "csp-violation",
  age: 3,
  url: "https://wsc.example.com/jobs",
  body: { documentURL: "https://wsc.example.com/jobs", effectiveDirective: "img-src", blockedURL: "data", sample: "" },
};

const report = (raw: string, headers: Ask["headers"] = {}) =>
  stack.ask("POST", "/csp-report", {
    raw,
    headers: {
      Host: "wsc.example.com",
      "X-WSC-Request": null,
      "Idempotency-Key": null,
      "Content-Type": "application/csp-report",
      ...headers,
    },
  });
const noted = () =>
  stack.logs
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ message }) => message === "a browser refused something on a page");

describe("a report of a browser", () => {
  it("becomes a log line without anything a person could have typed", async () => {
    expect((await report(single())).status).toBe(204);
    expect(noted()).toEqual([
      expect.objectContaining({
        "log.level": "warn",
        "wsc.page": "/jobs",
        "wsc.directive": "script-src-elem",
        "wsc.blocked": "https://evil.example.com",
        "wsc.source": "/assets/main-1a2b.js",
        "wsc.line": 7,
      }),
    ]);
    expect(stack.logs.join("\n")).not.toContain("canary");
  });

  it("is also accepted in lists, and reports of other types are ignored", async () => {
    const body = list([modern, { ...modern, type: "deprecation" }, modern]);
    expect((await report(body, { "Content-Type": "application/reports+json" })).status).toBe(204);
    expect(noted()).toHaveLength(2);
    expect(noted()[0]).toMatchObject({ "wsc.page": "/jobs", "wsc.directive": "img-src", "wsc.blocked": "data" });
  });

  it.each<[string, string, string | null]>([
    ["a word", "inline", "inline"],
    ["a scheme", "data:text/html,canary", "data:"],
    ["an extension", "chrome-extension://canary/x", "chrome-extension:"],
    ["nonsense", "not an address", "unreadable"],
    ["a forged line", 'x","log.level":"error\n', "unreadable"],
  ])("that blames %s says no more than that", async (_, address, kept) => {
    expect((await report(single({ "blocked-uri": address }))).status).toBe(204);
    expect(noted()[0]?.["wsc.blocked"]).toBe(kept);
  });

  it.each<[string, string, string | null]>([
    ["the whole directive of an older browser", "script-src 'self' https://canary.example.com", "script-src"],
    ["a name without end", "a".repeat(12_000), null],
    ["a name that goes on as something else", 'a"canary', null],
  ])("with %s names the directive or none", async (_, directive, kept) => {
    expect((await report(single({ "effective-directive": directive }))).status).toBe(204);
    expect(noted()[0]?.["wsc.directive"]).toBe(kept);
    expect(stack.logs.join("")).not.toContain("canary");
  });

  it("is no longer logged above a limit per minute, and their number is logged afterwards", async () => {
    for (let count = 0; count < 40; count += 1) expect((await report(single())).status).toBe(204);
    expect(noted()).toHaveLength(30);
    ahead += 60_000;
    await report(single());
    expect(stack.logs.find((line) => line.includes("too many in a minute"))).toContain('"wsc.count":10');
    expect(noted()).toHaveLength(31);
  });

  it.each<[string, string, NonNullable<Ask["headers"]>, number, string]>([
    ["from another site", single(), { "Sec-Fetch-Site": "cross-site" }, 403, "ORIGIN_FORBIDDEN"],
    ["from a sibling", single(), { "Sec-Fetch-Site": "same-site" }, 403, "ORIGIN_FORBIDDEN"],
    ["under another host", single(), { Host: "evil.example.com" }, 421, "HOST_MISMATCH"],
    ["as JSON", single(), { "Content-Type": "application/json" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["as a form", single(), { "Content-Type": "text/plain" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["without a type", single(), { "Content-Type": null }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["compressed", single(), { "Content-Encoding": "gzip" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["that is a list under the older name", list([modern]), {}, 400, "INPUT_INVALID"],
    ["that is none", "{}", {}, 400, "INPUT_INVALID"],
    ["that is empty", "", {}, 400, "INPUT_INVALID"],
    ["that is no JSON", "{", {}, 400, "JSON_INVALID"],
    ["with numbers for words", single({ "blocked-uri": 5 }), {}, 400, "INPUT_INVALID"],
    ["with __proto__", '{"__proto__":{"csp-report":{}}}', {}, 400, "INPUT_INVALID"],
    ["nested 5,000 levels deep", `{"csp-report":${"[".repeat(5000)}${"]".repeat(5000)}}`, {}, 400, "INPUT_INVALID"],
    ["over 16 kB", single({ "script-sample": "x".repeat(17_000) }), {}, 413, "BODY_TOO_LARGE"],
  ])("%s is refused and leaves no line", async (_, raw, headers, status, code) => {
    expect(await report(raw, headers)).toMatchObject({ status, json: { code } });
    expect(noted()).toEqual([]);
  });

  it.each(["/csp-report/", "/CSP-report", "//csp-report", "/csp-report;x"])("is refused at %s", async (path) => {
    const headers = { Host: "wsc.example.com", "Content-Type": "application/csp-report" };
    expect((await stack.ask("POST", path, { raw: single(), headers })).status).toBe(401);
  });
});

describe("the page", () => {
  const policy = async (at: Stack, host: string) => {
    const { headers } = await at.ask("GET", "/jobs", { headers: { Host: host } });
    return { policy: String(headers["content-security-policy"]), endpoints: headers["reporting-endpoints"] };
  };

  it("announces both reporting headers over https, and only report-uri on loopback", async () => {
    const published = await policy(stack, "wsc.example.com");
    expect(published.policy).toContain("; report-uri /csp-report; report-to csp");
    expect(published.endpoints).toBe('csp="/csp-report"');
    const local = await startStack();
    const { policy: plain, endpoints } = await policy(local, `127.0.0.1:${local.port}`);
    await local.close();
    expect(plain).toMatch(/; report-uri \/csp-report$/);
    expect(endpoints).toBeUndefined();
  });
});
