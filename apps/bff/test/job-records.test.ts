import type { JobRecordList } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jobBody, type Stack, startStack, until } from "./start-bff.ts";

const day = 86_400_000;
const start = Date.parse("2026-11-21T00:00:00Z");
let now = start;
let stack: Stack;

const begin = async (): Promise<void> => {
  now = start;
  stack = await startStack({
    now: () => now,
    bffNow: () => now,
    environment: { WSC_BACKGROUND_READ_MS: "1", WSC_ALLOW_PRIVATE_TARGETS: "true" },
  });
};
const instant = (daysAgo: number): string => new Date(start - daysAgo * day).toISOString();

function add(host: string, daysAgo: number, change: Record<string, unknown> = {}): string {
  const job = {
    startUrl: `https://${host}/`,
    status: 4 as const,
    startedAt: instant(daysAgo + 0.1),
    endedAt: instant(daysAgo),
  };
  return stack.emulator.control.addJobs([{ ...job, ...change }])[0] ?? "";
}
const finding = (risk: "High" | "Low") => ({
  ...{ item: "XSS", risk, method: "GET", parameter: "q", evidence: "" },
  url: "https://a.example.com/",
});

async function ask(query: string, persona = "viewer"): Promise<JobRecordList> {
  return (await stack.ask("GET", `/api/job-records${query}`, { persona })).json;
}
const numbers = async (query: string, persona?: string): Promise<string[]> =>
  (await ask(query, persona)).records.map(({ job }) => job.instanceNo);

/** After so many steps a read has failed, as on a busy machine: the next attempt is minutes away. */
const usualSteps = 300;

/** Advances the clock so that the background reads, until the list satisfies. */
function later(query: string, isSatisfied: (list: JobRecordList) => boolean, ms = 2, persona?: string) {
  let steps = 0;
  return until(async () => {
    steps += 1;
    now += steps > usualSteps ? 1_000 : ms;
    return ask(query, persona);
  }, isSatisfied);
}
const known = (jobs: number) =>
  later("", ({ reading }) => reading.jobs === jobs && reading.listReadAt !== null && reading.waiting === 0);

describe("GET /api/job-records", () => {
  let few = "";
  let many = "";
  let failed = "";
  let running = "";
  let old = "";
  beforeAll(async () => {
    await begin();
    few = add("few.example.com", 10, { findings: [finding("High")], memo: "Release 7 (beta)" });
    many = add("many.example.com", 5, { findings: [finding("High"), finding("High"), finding("Low")], memo: "=1+1" });
    failed = add("stop.example.com", 2, { status: 5, memo: "release" });
    running = add("run.example.com", 0, { status: 3, startedAt: instant(1), endedAt: undefined });
    old = add("old.example.com", 364.5, { findings: [finding("Low")] });
    await known(5);
  });
  afterAll(() => stack.close());

  it("sorts by what the reports count, with jobs that have no count at the end either way", async () => {
    expect(await numbers("")).toEqual([running, failed, many, few, old]);
    expect(await numbers("?sort=-high")).toEqual([many, few, old, running, failed]);
    expect(await numbers("?sort=high")).toEqual([old, few, many, running, failed]);
    expect(await numbers("?sort=target")).toEqual([few, many, old, running, failed]);
    expect(await numbers("?sort=-started")).toEqual([running, failed, many, few, old]);
    expect((await ask("?sort=-high")).records[0]).toMatchObject({
      job: { instanceNo: many, memo: "=1+1", capabilities: { report: true }, status: { code: 4 } },
      counts: { total: 3, high: 2, medium: 0, low: 1 },
    });
  });

  it("takes the end of a job for a period, of a running one its start, and leaves out the instant at which the period ends", async () => {
    expect(await numbers(`?from=${instant(10)}&until=${instant(5)}`)).toEqual([few]);
    expect(await numbers(`?from=${instant(9)}`)).toEqual([running, failed, many]);
  });

  it("searches address and memo as text, and by status", async () => {
    expect(await numbers("?q=FEW")).toEqual([few]);
    expect(await numbers("?q=(BETA)&searchBy=memo")).toEqual([few]);
    expect(await numbers("?q=.*&searchBy=memo")).toEqual([]);
    expect(await numbers("?status=5")).toEqual([failed]);
  });

  it("pages, says how much it covers, and refuses what it does not know", async () => {
    const second = await ask("?page=2&limit=2");
    expect(second).toMatchObject({ page: 2, pageCount: 3, total: 5, reading: { jobs: 5, isListComplete: true } });
    expect(second.records.map(({ job }) => job.instanceNo)).toEqual([many, few]);
    for (const query of ["?sort=memo", "?tab=all", "?from=yesterday", "?limit=101", "?more=1"]) {
      expect((await stack.ask("GET", `/api/job-records${query}`)).status).toBe(400);
    }
  });

  it("exports what the filter lets through, with its total and coverage, as cells that a spreadsheet does not calculate", async () => {
    const answer = await stack.ask("GET", "/api/job-records/export?q=many&lang=ko&zone=America/New_York");
    expect(answer.status).toBe(200);
    const lines = answer.text.split("\r\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toContain("(America/New_York)");
    expect(lines[1]).toContain('"https://many.example.com/","');
    expect(lines[1]).toContain('"\'=1+1"');
    expect(lines[1]).toContain('"1","5","URL: many","2026-11-20 19:00:00"');
    expect((await stack.ask("GET", "/api/job-records/export")).text.split("\r\n")).toHaveLength(7);
    const { json } = await stack.ask("GET", "/api/audit?action=jobRecord.export", { persona: "auditor" });
    // Each with an intent and an outcome.
    expect(json.entries).toHaveLength(4);
  });

  it("shows no count of a report whose year is over", async () => {
    const counts = async () =>
      (await stack.ask("GET", `/api/job-records/counts?instanceNos=${old},1`)).json.counts as unknown[];
    expect(await counts()).toEqual([{ instanceNo: old, total: 1, high: 0, medium: 0, low: 1 }]);
    now += day;
    expect(await counts()).toEqual([]);
    const shown = (await ask("?q=old.example")).records;
    expect(shown).toMatchObject([{ counts: null, job: { capabilities: { report: false } } }]);
  });
});

describe("tabs of the list of jobs", () => {
  beforeAll(begin);
  afterAll(() => stack.close());

  it("hold what is active, what needs somebody with the reason, and what somebody ordered", async () => {
    add("calm.example.com", 3);
    const running = add("run.example.com", 0, { status: 3, endedAt: undefined });
    add("again.example.com", 6, { status: 5 });
    add("again.example.com", 4);
    const failed = add("failed.example.com", 2, { status: 5 });
    const expiring = add("old.example.com", 350);
    await known(6);
    expect(await numbers("?tab=active")).toEqual([running]);
    const attention = await ask("?tab=attention");
    expect(attention.records.map(({ job, signs }) => [job.instanceNo, signs])).toEqual([
      [failed, ["failed"]],
      [expiring, ["expiring"]],
    ]);
    expect(attention.tabs).toEqual({ active: 1, attention: 2, mine: 0 });

    const site = `${stack.emulator.origin}/`;
    await stack.ask("POST", "/api/jobs", { body: jobBody(site), persona: "operator" });
    const pending = async (persona: string) =>
      (await stack.ask("GET", "/api/submissions?tab=mine", { persona })).json.submissions as { startUrl: string }[];
    expect((await pending("operator")).map(({ startUrl }) => startUrl)).toEqual([site]);
    expect(await pending("admin")).toEqual([]);
    const own = await later("?tab=mine", ({ records }) => records.length > 0, 1_000, "operator");
    expect(own.records.map(({ job }) => job.startUrl)).toEqual([site]);
    expect(await numbers("?tab=mine", "admin")).toEqual([]);

    const waiting = add("wait.example.com", 0, { status: 12, startedAt: undefined, endedAt: undefined });
    await later("?tab=active", ({ records }) => records.length === 2);
    await stack.ask("POST", `/api/jobs/${waiting}/cancel`, { body: {} });
    expect(await numbers("?tab=active")).toEqual([running]);

    // The site has no such page.
    const login = { kind: "form", actionUrl: `${site}none`, idParam: "a", idValue: "b", passwordParam: "c" };
    await stack.ask("POST", "/api/jobs", {
      body: jobBody(site, { signIn: { ...login, passwordValue: "d", extra: {} } }),
    });
    const signed = await later("?tab=attention", ({ records }) => records.length === 3, 1_000);
    expect(signed.records.find(({ job }) => job.startUrl === site)?.signs).toEqual(["login"]);
  });
});
