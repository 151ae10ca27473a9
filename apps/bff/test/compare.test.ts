import { createDemoSite, type DemoSite } from "@wsc-dashboard/wsc-emulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

const day = 86_400_000;
let now = Date.parse("2026-11-21T00:00:00Z");
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ now: () => now, bffNow: () => now });
});
afterAll(() => stack.close());

const row = (path: string, parameter = "q") => ({
  item: "XSS",
  risk: "Medium" as const,
  url: `https://shop.example.com${path}`,
  method: "GET",
  parameter,
  evidence: "seen",
});

/** Adds a finished job that ended `daysAgo` days ago. */
function finished(daysAgo: number, change: Record<string, unknown> = {}): string {
  const end = now - daysAgo * day;
  const [id = ""] = stack.emulator.control.addJobs([
    {
      startUrl: "https://shop.example.com/",
      status: 4,
      startedAt: new Date(end - 7_200_000).toISOString(),
      endedAt: new Date(end).toISOString(),
      crawlCount: 100,
      ...change,
    },
  ]);
  return id;
}
const compare = (query: string, persona = "viewer") => stack.ask("GET", `/api/compare?${query}`, { persona });

describe("GET /api/compare", () => {
  it("compares with the previous finished job of the target when no base is given", async () => {
    const startUrl = "https://base.example.com/";
    finished(40, { startUrl });
    const base = finished(30, { startUrl, findings: [row("/a"), row("/b")] });
    finished(25, { startUrl, status: 5 });
    finished(24, { startUrl: "https://base.example.com:8443/" });
    const head = finished(20, { startUrl, findings: [row("/b?x=2"), row("/c")] });
    finished(10, { startUrl });
    const { json } = await compare(`head=${head}`);
    expect(json).toMatchObject({
      base: { job: { instanceNo: base } },
      head: { job: { instanceNo: head } },
      new: [{ number: "M-02", url: "https://shop.example.com/c" }],
      remaining: [{ numbers: { base: ["M-02"], head: ["M-01"] } }],
    });
    // The host of the findings is not the scanned host.
    expect([json.fixed, json.notRetested]).toMatchObject([[], [{ reason: "host" }]]);
    const { json: suggested } = await stack.ask("GET", `/api/jobs/${head}/report/predecessor`);
    expect(suggested).toMatchObject({
      predecessor: { instanceNo: base },
      coverage: { base: 100, head: 100, collapsed: false },
    });
  });

  it("reports collapsed coverage, and claims nothing as fixed", async () => {
    const base = finished(9, { findings: [row("/a")] });
    const head = finished(8, { crawlCount: 7 });
    const { json } = await compare(`base=${base}&head=${head}`);
    expect(json).toMatchObject({
      coverage: { base: 100, head: 7, collapsed: true },
      fixed: [],
      notRetested: [{ reason: "coverage" }],
      differences: [{ setting: "coverage", base: ["100"], head: ["7"] }],
    });
    const { json: suggested } = await stack.ask("GET", `/api/jobs/${head}/report/predecessor`);
    expect(suggested).toMatchObject({ predecessor: { instanceNo: base }, coverage: { collapsed: true } });
  });

  it("has no base for the first job of a target", async () => {
    const only = finished(3, { startUrl: "https://first.example.com/" });
    expect(await stack.ask("GET", `/api/jobs/${only}/report/predecessor`)).toMatchObject({
      status: 200,
      json: { predecessor: null, coverage: null },
    });
    expect(await compare(`head=${only}`)).toMatchObject({ status: 404, json: { code: "PREDECESSOR_NOT_FOUND" } });
  });

  it.each<[string, () => string, number, string, string]>([
    [
      "the same job twice",
      () => {
        const id = finished(5);
        return `base=${id}&head=${id}`;
      },
      422,
      "COMPARE_SAME_JOB",
      "/base",
    ],
    [
      "two targets",
      () => `base=${finished(6, { startUrl: "https://other.example.com/" })}&head=${finished(5)}`,
      422,
      "COMPARE_TARGETS_DIFFER",
      "/base",
    ],
    ["an unknown base", () => `base=999999&head=${finished(5)}`, 404, "JOB_NOT_FOUND", "/base"],
    ["an unknown head", () => "base=1&head=999999", 404, "JOB_NOT_FOUND", "/head"],
    ["an unfinished head", () => `head=${finished(0, { status: 3 })}`, 409, "REPORT_NOT_READY", "/head"],
    ["no head", () => "base=1", 400, "INPUT_INVALID", "/head"],
    ["letters", () => "head=abc", 400, "INPUT_INVALID", "/head"],
    ["another field", () => "head=1&x=1", 400, "INPUT_INVALID", "/x"],
  ])("refuses %s", async (_, query, status, code, pointer) => {
    expect(await compare(query())).toMatchObject({ status, json: { code, errors: [{ pointer }] } });
  });

  it("names the expired side, from the exact instant", async () => {
    const [base, head] = [finished(300), finished(10)];
    const { json } = await stack.ask("GET", `/api/jobs/${base}`);
    now = Date.parse(json.job.reportExpiresAt) - 1;
    expect((await compare(`base=${base}&head=${head}`)).status).toBe(200);
    now += 1;
    expect(await compare(`base=${base}&head=${head}`)).toMatchObject({
      status: 410,
      json: { code: "160701", expiredAt: json.job.reportExpiresAt, errors: [{ pointer: "/base", code: "160701" }] },
    });
    expect(await compare(`base=${head}&head=${base}`)).toMatchObject({
      status: 410,
      json: { errors: [{ pointer: "/head", code: "160701" }] },
    });
  });
});

describe("the demo site, scanned, patched and scanned again", () => {
  let site: DemoSite;
  let own: Stack;
  const ids: Record<string, string> = {};

  async function scan(change: Record<string, unknown> = {}): Promise<string> {
    const { json } = await own.ask("POST", "/api/jobs", { body: jobBody(`${site.origin}/`, change) });
    const submission = await until(
      async () => (await own.ask("GET", `/api/submissions/${json.submission.id}`)).json.submission,
      ({ instanceNo, state }) => instanceNo !== undefined || state === "FAILED",
    );
    await until(
      async () => (await own.ask("GET", `/api/jobs/${submission.instanceNo}`)).json.job,
      (job) => job?.status.phase === "completed",
    );
    return submission.instanceNo;
  }
  const placesOf = (list: { item: string; url: string; parameter: string }[]): string[] =>
    list.map(({ item, url, parameter }) => `${item} ${new URL(url).pathname} ${parameter}`).sort();
  const open = () =>
    site
      .weaknesses()
      .map(({ item, path, parameter }) => `${item} ${path} ${parameter}`)
      .sort();

  beforeAll(async () => {
    site = await createDemoSite();
    own = await startStack({ environment: { WSC_ALLOW_PRIVATE_TARGETS: "true" } });
    ids.first = await scan({ speed: "2" });
    site.patch(["search", "track"]);
    site.plant(["gift"]);
    ids.second = await scan({ speed: "3" });
    ids.narrow = await scan({ speed: "3", items: ["XSS"], excludeUrls: [`${site.origin}/product`] });
  });
  afterAll(async () => {
    await own.close();
    await site.close();
  });

  it("reports repaired weaknesses as fixed, planted ones as new, and the rest as remaining", async () => {
    const { json } = await own.ask("GET", `/api/compare?base=${ids.first}&head=${ids.second}`);
    expect(placesOf(json.fixed)).toEqual(["SQL Injection /track number", "XSS /search q"]);
    expect(placesOf(json.new)).toEqual(["XSS /gift message"]);
    expect(placesOf(json.remaining)).toEqual(open().filter((place) => place !== "XSS /gift message"));
    expect(json.notRetested).toEqual([]);
    expect(json.differences).toContainEqual({ setting: "speed", base: ["2"], head: ["3"] });
  });

  it("reports everything outside of a narrower scan as not re-tested, and nothing as fixed", async () => {
    const { json } = await own.ask("GET", `/api/compare?base=${ids.second}&head=${ids.narrow}`);
    expect(json.fixed).toEqual([]);
    const why = Object.groupBy(
      json.notRetested as { item: string; url: string; parameter: string; reason: string }[],
      ({ reason }) => reason,
    );
    expect(placesOf(why.item ?? [])).toEqual(open().filter((place) => !place.startsWith("XSS")));
    expect(placesOf(why.excluded ?? [])).toEqual(["XSS /product ref"]);
    expect(json.differences.map(({ setting }: { setting: string }) => setting)).toEqual(
      expect.arrayContaining(["items", "exclusions"]),
    );
  });
});
