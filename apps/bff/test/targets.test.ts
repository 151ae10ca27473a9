import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Overview, Target, TargetDetail, TargetList } from "@wsc-dashboard/wsc-core";
import { createDemoSite, type DemoSite } from "@wsc-dashboard/wsc-emulator";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Bff, jobBody, type Stack, startBff, startStack, until } from "./start-bff.ts";

const day = 86_400_000;
let now = 0;
let stack: Stack;
/** Jobs in the account. */
let jobs = 0;
beforeEach(async () => {
  now = Date.parse("2026-11-21T00:00:00Z");
  jobs = 0;
  stack = await startStack({ now: () => now, bffNow: () => now, environment: { WSC_BACKGROUND_READ_MS: "1" } });
});
afterEach(() => stack.close());

type Risk = "High" | "Medium" | "Low";

const weakness = (host: string, risk: Risk, path: string) => ({
  ...{ item: "XSS", risk, method: "GET", parameter: "q", evidence: "" },
  url: `https://${host}/${path}`,
});

function finished(host: string, daysAgo: number, risks: readonly Risk[], change: Record<string, unknown> = {}): string {
  const end = now - daysAgo * day;
  jobs += 1;
  const [id = ""] = stack.emulator.control.addJobs([
    {
      startUrl: `https://${host}/`,
      status: 4,
      startedAt: new Date(end - 7_200_000).toISOString(),
      endedAt: new Date(end).toISOString(),
      findings: risks.map((risk, index) => weakness(host, risk, `${risk}${index}`)),
      ...change,
    },
  ]);
  return id;
}
const view = async (bff: Bff = stack): Promise<TargetList> =>
  (await bff.ask("GET", "/api/targets", { persona: "viewer" })).json;
const overview = async (): Promise<Overview> => (await stack.ask("GET", "/api/overview", { persona: "viewer" })).json;
const detail = async (host: string): Promise<TargetDetail> =>
  (await stack.ask("GET", `/api/targets/${encodeURIComponent(host)}`, { persona: "viewer" })).json;
const operations = (operation: string): number =>
  stack.emulator.control.requests().filter((request) => request.operation === operation).length;

/** Advances the clock in steps while waiting: the background reads at instants of it. */
const later = <T>(ms: number, read: () => Promise<T>, isSatisfied: (value: T) => boolean): Promise<T> =>
  until(async () => {
    now += ms;
    return read();
  }, isSatisfied);

/** The list once everything possible has been read and compared, with all jobs of the account. */
const complete = (bff: Bff = stack): Promise<TargetList> =>
  later(
    2,
    () => view(bff),
    ({ targets, reading }) =>
      reading.jobs === jobs &&
      reading.listReadAt !== null &&
      reading.waiting === 0 &&
      targets.every(
        ({ latest, change, notComparable }) => latest === null || change !== null || notComparable !== null,
      ),
  );
const targetOf = (list: TargetList, host: string): Target | undefined =>
  list.targets.find((target) => target.host === host);
describe("GET /api/targets", () => {
  it("shows for each host the newest counts, what changed since the report before, and the worst host first", async () => {
    finished("calm.example.com", 2, ["Low"]);
    const before = finished("shop.example.com", 30, ["High", "Medium", "Medium"]);
    const latest = finished("shop.example.com", 3, ["High", "High", "Low"]);
    finished("shop.example.com", 1, [], { status: 5 });
    const list = await complete();
    expect(list.reading).toMatchObject({
      isOn: true,
      jobs: 4,
      waiting: 0,
      failed: 0,
      isListComplete: true,
      failure: null,
    });
    expect(list.targets.map(({ host }) => host)).toEqual(["shop.example.com", "calm.example.com"]);
    expect(targetOf(list, "shop.example.com")).toMatchObject({
      lastJob: { status: { phase: "failed" } },
      latest: { instanceNo: latest, total: 3, high: 2, medium: 0, low: 1 },
      latestState: "read",
      change: { base: before, new: { total: 2, high: 1, low: 1 }, fixed: { total: 2, medium: 2 }, remaining: 1 },
      notComparable: null,
      month: { new: 2, fixed: 2 },
      trend: [{ instanceNo: before }, { instanceNo: latest }],
      signs: ["open", "high", "low", "new", "fixed", "failed", "unscheduled"],
    });
    expect(targetOf(list, "calm.example.com")).toMatchObject({ change: null, notComparable: "first" });
  });

  it("never asks the upstream because somebody looks, and reads each report once", async () => {
    for (let host = 0; host < 8; host += 1) finished(`host${host}.example.com`, 3, ["High"]);
    await complete();
    expect(operations("getReport")).toBe(8);
    stack.emulator.control.clearRequests();
    for (let views = 0; views < 5; views += 1) await Promise.all([view(), overview(), detail("host1.example.com")]);
    // The background may read the list once more, but not twice at the same instant.
    expect(operations("getReport")).toBe(0);
    expect(stack.emulator.control.requests().length).toBeLessThanOrEqual(1);
  });

  it("keeps ports apart: another port is another target", async () => {
    finished("shop.example.com", 2, []);
    finished("shop.example.com:8443", 2, []);
    expect((await complete()).targets.map(({ host }) => host).sort()).toEqual([
      "shop.example.com",
      "shop.example.com:8443",
    ]);
  });

  it("knows the jobs of more than three pages of the list, and those that come later", async () => {
    jobs = 310;
    stack.emulator.control.addJobs(
      Array.from({ length: jobs }, (_, index) => ({
        startUrl: `https://h${index % 7}.example.com/`,
        status: 93 as const,
        startedAt: new Date(now - (index + 1) * 3_600_000).toISOString(),
      })),
    );
    expect((await complete()).reading).toMatchObject({ jobs: 310, isListComplete: true });
    finished("new.example.com", 0, ["High"]);
    const isRead = (list: TargetList): boolean => (targetOf(list, "new.example.com")?.latest ?? null) !== null;
    expect(await later(1_000, view, isRead)).toMatchObject({ reading: { jobs: 311 } });
  });

  it("reads reports between the pages of a long list, whose end a job that never ends has it look at each time", async () => {
    jobs = 1_000;
    stack.emulator.control.addJobs(
      Array.from({ length: jobs }, (_, index) => ({
        startUrl: "https://long.example.com/",
        status: index === jobs - 1 ? (3 as const) : (93 as const),
        startedAt: new Date(now - (index + 1) * 3_600_000).toISOString(),
      })),
    );
    await complete();
    for (let host = 0; host < 12; host += 1) finished(`host${host}.example.com`, 0, ["High"]);
    stack.emulator.control.clearRequests();
    await later(15, view, ({ reading }) => reading.jobs === jobs && reading.waiting === 0);
    const calls = stack.emulator.control.requests().map(({ operation }) => operation);
    const first = calls.indexOf("getReport");
    const last = calls.lastIndexOf("getReport");
    expect(calls.filter((operation) => operation === "getReport")).toHaveLength(12);
    // If the list were read to its end first, ten pages would be between the first report and the others.
    expect(last - first).toBeLessThanOrEqual(24);
    expect(first).toBeLessThanOrEqual(3);
  });

  it("forgets jobs that the list no longer has", async () => {
    finished("shop.example.com", 3, ["High"]);
    await complete();
    await stack.emulator.control.reset(false);
    finished("other.example.com", 3, ["Low"]);
    const list = await later(
      1_000,
      view,
      ({ targets }) => targets[0]?.host === "other.example.com" && targets.length === 1,
    );
    expect(targetOf(list, "shop.example.com")).toBeUndefined();
  });

  it("counts a report that cannot be read as not read, never as zero, and reads it later", async () => {
    finished("shop.example.com", 3, ["High"]);
    const fault = { kind: "body", body: { returnCode: "0", resources: {} } } as const;
    stack.emulator.control.addFault({ operation: "getReport", times: 1, effect: fault });
    const failed = await later(2, view, ({ reading }) => reading.failed === 1);
    expect(targetOf(failed, "shop.example.com")).toMatchObject({
      latest: null,
      latestState: "failed",
      signs: expect.arrayContaining(["unread"]),
    });
    const seen = await overview();
    expect(seen).toMatchObject({ open: { high: 0, targets: 0, unread: 1 }, attention: [{ kind: "unread", count: 1 }] });
    expect((await detail("shop.example.com")).jobs).toMatchObject([
      { reportState: "failed", failureCode: "UPSTREAM_UNREADABLE", counts: null },
    ]);
    const read = await later(10_000, view, ({ reading }) => reading.failed === 0 && reading.waiting === 0);
    expect(targetOf(read, "shop.example.com")).toMatchObject({ latest: { high: 1 } });
  });

  it("says that the list cannot be read, and what was read before stays", async () => {
    finished("shop.example.com", 3, ["High"]);
    await complete();
    stack.emulator.control.addFault({
      operation: "getJobs",
      times: 1_000_000,
      effect: { kind: "http-status-only", status: 500 },
    });
    const list = await later(1_000, view, ({ reading }) => reading.failure !== null);
    expect(list).toMatchObject({
      reading: { failure: { code: expect.any(String) } },
      targets: [{ latest: { high: 1 } }],
    });
    stack.emulator.control.clearFaults();
    await later(10_000, view, ({ reading }) => reading.failure === null);
  });

  it("shows no count of a report whose year is over, and keeps none", async () => {
    finished("shop.example.com", 364, ["High"]);
    expect(targetOf(await complete(), "shop.example.com")?.latest).toMatchObject({ high: 1 });
    now += 2 * day;
    expect(targetOf(await view(), "shop.example.com")).toMatchObject({ latest: null, change: null, trend: [] });
    const kept = () => stack.database.db.selectFrom("job_summary").select(["high", "read_at"]).execute();
    await until(kept, ([row]) => row?.high === null && row.read_at === null);
  });

  it("says how long and how often a target may be scanned again", async () => {
    const id = finished("shop.example.com", 9.9, []);
    finished("old.example.com", 61, []);
    const list = await complete();
    expect(targetOf(list, "shop.example.com")?.rescan).toEqual({ of: id, daysLeft: 50, left: 3 });
    expect(targetOf(list, "old.example.com")?.rescan).toBeNull();
  });

  it("names the next scan of a target: the run of a schedule, or a reservation before it", async () => {
    finished("shop.example.com", 3, []);
    const body = jobBody("https://shop.example.com/", {
      rule: { every: "day", localTime: "02:00", zone: "Asia/Seoul" },
    });
    const { json } = await stack.ask("POST", "/api/schedules", { body });
    const scheduled = targetOf(await complete(), "shop.example.com");
    expect(scheduled).toMatchObject({
      next: { kind: "schedule", id: json.schedule.id, dueAt: "2026-11-21T17:00:00.000Z" },
    });
    expect(scheduled?.signs).not.toContain("unscheduled");
    const when = { kind: "at", localTime: "2026-11-21T23:00", zone: "Asia/Seoul" };
    await stack.ask("POST", "/api/jobs", { body: jobBody("https://shop.example.com/", { when }) });
    expect(targetOf(await view(), "shop.example.com")).toMatchObject({
      next: { kind: "reservation", dueAt: "2026-11-21T14:00:00.000Z" },
    });
    expect((await detail("shop.example.com")).schedules).toMatchObject([{ id: json.schedule.id, state: "active" }]);
    expect((await overview()).upcoming).toMatchObject({ total: 8, scans: expect.arrayContaining([]) });
  });

  it("answers for one target with its jobs, and 404 for one that nobody knows", async () => {
    const first = finished("shop.example.com:8443", 40, ["High"]);
    const second = finished("shop.example.com:8443", 4, []);
    await complete();
    expect(await detail("shop.example.com:8443")).toMatchObject({
      target: { host: "shop.example.com:8443" },
      jobCount: 2,
      jobs: [
        { instanceNo: second, reportState: "read", counts: { high: 0 }, change: { base: first, fixed: { high: 1 } } },
        { instanceNo: first, counts: { high: 1 }, change: null, notComparable: "first" },
      ],
    });
    expect(await stack.ask("GET", "/api/targets/nobody.example.com")).toMatchObject({
      status: 404,
      json: { code: "TARGET_NOT_FOUND" },
    });
  });

  it("keeps what was read when the server starts again, without reading it once more", async () => {
    finished("shop.example.com", 30, ["High", "Low"]);
    finished("shop.example.com", 3, ["Low"]);
    const dataDirectory = mkdtempSync(join(tmpdir(), "wsc-targets-"));
    const start = (): Promise<Bff> =>
      startBff({
        upstreamUrl: stack.emulator.origin,
        now: () => now,
        environment: { WSC_DATA_DIR: dataDirectory, WSC_BACKGROUND_READ_MS: "1" },
      });
    const first = await start();
    const { targets } = await complete(first);
    await first.close();
    await complete();
    stack.emulator.control.clearRequests();
    const second = await start();
    expect((await view(second)).targets).toEqual(targets);
    // The list is read again; no report is.
    await until(
      () => operations("getJobs"),
      (calls) => calls > 0,
    );
    await second.close();
    rmSync(dataDirectory, { recursive: true });
    expect(operations("getReport")).toBe(0);
  });
});

describe("what people say about a target", () => {
  const details = (host: string) => `/api/targets/${encodeURIComponent(host)}/details`;
  const said = { tags: [" PCI ", "pci", "ｓｈｏｐ"], owner: "kim", service: null, note: null, version: 0 };

  it("stands in the list and on its page, also where no job is known, until it is removed", async () => {
    finished("shop.example.com", 3, ["High"]);
    await complete();
    for (const host of ["shop.example.com", "new.example.com:8443"]) {
      const answer = await stack.ask("PUT", details(host), { persona: "operator", body: said });
      expect(answer).toMatchObject({ status: 200, json: { details: { tags: ["pci", "shop"], version: 1 } } });
    }
    const { targets } = await view();
    expect(targets).toMatchObject([
      { host: "shop.example.com", details: { owner: "kim" }, latest: { high: 1 } },
      { host: "new.example.com:8443", details: { owner: "kim" }, lastJob: null, signs: ["unscheduled", "unscanned"] },
    ]);
    expect(await detail("new.example.com:8443")).toMatchObject({ target: targets[1], jobs: [], jobCount: 0 });
    expect(await overview()).toMatchObject({ targets: 2 });
    const removed = await stack.ask("DELETE", details("new.example.com:8443"), { persona: "operator" });
    expect(removed.json).toEqual({ removed: true });
    expect((await view()).targets.map(({ host }) => host)).toEqual(["shop.example.com"]);
  });

  it("is text as it was written, whatever it says, and refused at its field where it cannot be kept", async () => {
    const hostile = `<img src=x onerror=alert(1)> '"--;=cmd|'/c calc'!A1 \u202e`;
    const body = { ...said, tags: ["<b>"], owner: hostile, note: `${hostile}\n\t${hostile}` };
    expect((await stack.ask("PUT", details("a.example.com"), { body })).json.details).toMatchObject({
      ...{ tags: ["<b>"], owner: hostile.trim(), note: body.note.trim() },
    });
    const wrong: readonly (readonly [string, Record<string, unknown>])[] = [
      ["/owner", { owner: "a\nb" }],
      ["/owner", { owner: "" }],
      ["/service", { service: "a\u0000" }],
      ["/note", { note: "x".repeat(1_001) }],
      ["/tags/0", { tags: ["a,b"] }],
      ["/tags/0", { tags: ["；"] }],
      ["/tags/1", { tags: ["a", "x".repeat(41)] }],
      ["/tags", { tags: Array.from({ length: 21 }, (_, index) => `t${index}`) }],
      ["/version", { version: -1 }],
      ["/more", { more: 1 }],
    ];
    for (const [pointer, change] of wrong) {
      const answer = await stack.ask("PUT", details("b.example.com"), { body: { ...said, ...change } });
      expect(answer, pointer).toMatchObject({
        status: pointer === "/more" ? 400 : 422,
        json: { errors: [{ pointer }] },
      });
    }
    for (const host of ["B.example.com", "https://b.example.com", "b.example.com:443x", "a b", "user@b", "ひ"]) {
      const { status } = await stack.ask("PUT", details(host), { body: said });
      expect([400, 404, 422], host).toContain(status);
    }
    expect((await view()).targets.map(({ host }) => host)).toEqual(["a.example.com"]);
  });
});

describe("a CSV file of targets", () => {
  const take = (csv: string, dryRun: boolean, persona = "operator") =>
    stack.ask("POST", "/api/targets/import", { persona, body: { csv, dryRun } });
  const save = () => stack.ask("GET", "/api/targets/export", { persona: "viewer" });

  it("holds the chosen targets alone, also those that nothing was said about, and no host that is none", async () => {
    await take("host,owner\na.example.com,Kim\nb.example.com,Lee\n", false);
    const of = (hosts: string, persona = "viewer") =>
      stack.ask("GET", `/api/targets/export?hosts=${encodeURIComponent(hosts)}`, { persona });
    const { text } = await of("new.example.com,b.example.com,b.example.com");
    expect(text.replace("\ufeff", "").split("\r\n").slice(1, -1)).toEqual([
      '"b.example.com","Lee","","",""',
      '"new.example.com","","","",""',
    ]);
    for (const hosts of ["", "a.example.com,", "=1+1", "a b", "https://a.example.com/", "x".repeat(12_500)])
      expect((await of(hosts)).status, hosts.slice(0, 30)).toBe(400);
  });

  it("tells of each row what would come of it, changes nothing by that, and then does the same", async () => {
    const csv = [
      "Host,Owner,Tags,colour",
      "a.example.com,Kim,pci; shop,red",
      "https://B.example.com:8443/path,,,",
      '"not a host",Kim,,',
      "a.example.com,Lee,,",
      `c.example.com,${"x".repeat(101)},a,`,
      `d.example.com,'=1+1,"${"t,".repeat(30)}",`,
    ].join("\r\n");
    const expected = [
      { line: 2, host: "a.example.com", outcome: "created", columns: [] },
      { line: 3, host: "b.example.com:8443", outcome: "created", columns: [] },
      { line: 4, host: "not a host", outcome: "refused", columns: ["host"] },
      { line: 5, host: "a.example.com", outcome: "duplicate", columns: [] },
      { line: 6, host: "c.example.com", outcome: "refused", columns: ["owner"] },
      { line: 7, host: "d.example.com", outcome: "refused", columns: ["tags"] },
    ];
    expect((await take(csv, true)).json).toEqual({ rows: expected, ignored: ["colour"] });
    expect((await view()).targets).toEqual([]);
    expect((await take(csv, false)).json).toEqual({ rows: expected, ignored: ["colour"] });
    expect((await view()).targets).toMatchObject([
      { host: "a.example.com", details: { owner: "Kim", tags: ["pci", "shop"], version: 1 } },
      { host: "b.example.com:8443", details: { owner: null, tags: [], version: 1 } },
    ]);
    const second = "host;note;tags\na.example.com;at night;\nb.example.com:8443;;";
    expect((await take(second, false)).json.rows).toMatchObject([{ outcome: "changed" }, { outcome: "unchanged" }]);
    expect((await detail("a.example.com")).target.details).toMatchObject({ owner: "Kim", tags: [], note: "at night" });
  });

  it("is exported often, but not without end by one person: each export adds to the audit log", async () => {
    const own = await startStack();
    const save = (persona: string) => own.ask("GET", "/api/targets/export", { persona });
    const statuses = (await Promise.all(Array.from({ length: 400 }, () => save("viewer")))).map(({ status }) => status);
    const other = await save("operator");
    await own.close();
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(300);
    expect(other.status).toBe(200);
  });

  it("that was exported is imported without a change, and holds no formula", async () => {
    const hostile = ["=1+1", "'=1", `@SUM("A1")`, "-2+3,x", "2026-11-27", "<b>&amp;"];
    for (const [index, text] of hostile.entries()) {
      const body = { tags: [], owner: text, service: text, note: `${text}\n"${text}"`, version: 0 };
      expect((await stack.ask("PUT", `/api/targets/h${index}.example.com/details`, { body })).status).toBe(200);
    }
    const file = await save();
    expect(file.headers["content-disposition"]).toContain("wsc_targets_20261121.csv");
    expect(file.text).not.toMatch(/(?:^|,)"[=+\-@]/m);
    const again = (await take(file.text, false)).json;
    expect(again.rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual(hostile.map(() => "unchanged"));
  });

  it("that is no such file, or larger than it may be, is refused, and nobody who only reads may send one", async () => {
    const lines = Array.from({ length: 1_001 }, (_, index) => `h${index}.example.com`);
    for (const csv of ["", "owner\nKim", 'host\n"a', ["host", ...lines].join("\n")]) {
      expect(await take(csv, true), csv.slice(0, 20)).toMatchObject({
        status: 422,
        json: { code: "TARGET_FILE_UNREADABLE", errors: [{ pointer: "/csv" }] },
      });
    }
    expect((await take("x".repeat(60_001), true)).status).toBe(422);
    for (const persona of ["viewer", "auditor"])
      expect((await take("host\na.example.com", true, persona)).status).toBe(403);
    expect((await take("host\n", true)).json).toEqual({ rows: [], ignored: [] });
  });
});

describe("GET /api/reports/monthly", () => {
  const monthly = (month?: string) =>
    stack.ask("GET", `/api/reports/monthly${month === undefined ? "" : `?month=${month}`}`, { persona: "auditor" });

  it("tells what was open at the end of a month and before, what is new and fixed, and how far the targets were scanned", async () => {
    finished("shop.example.com", 50, ["High", "Medium"]);
    finished("shop.example.com", 30, ["High", "High"]);
    finished("shop.example.com", 3, ["Low"]);
    finished("old.example.com", 40, ["Medium"]);
    finished("shop.example.com", 2, [], { status: 5 });
    await complete();
    const october = (await monthly("2026-10")).json;
    expect(october).toMatchObject({
      ...{ month: "2026-10", isOver: true, compared: 1, accepted: 0, unscanned: [] },
      open: { high: 2, medium: 1, low: 0, targets: 2 },
      before: { high: 0, medium: 0, low: 0, targets: 0 },
      new: { total: 1, high: 1 },
      fixed: { total: 1, medium: 1 },
      targets: { known: 2, scanned: 2 },
      jobs: { finished: 3, failed: 0, limit: null },
    });
    const present = (await monthly()).json;
    expect(present).toMatchObject({
      ...{ month: "2026-11", isOver: false, unscanned: ["old.example.com"] },
      open: { high: 0, medium: 1, low: 1, targets: 2 },
      before: { high: 2, medium: 1, low: 0 },
      targets: { known: 2, scanned: 1 },
      jobs: { finished: 1, failed: 1 },
    });
    expect(present.months).toHaveLength(12);
    // The same numbers as the overview.
    const seen = await overview();
    expect([present.new, present.fixed, present.compared]).toEqual([
      seen.month.new,
      seen.month.fixed,
      seen.month.compared,
    ]);
    expect(seen.course.at(-1)).toMatchObject(present.open);
    expect(seen.course.at(-2)).toMatchObject(october.open);
  });

  it("refuses what is no month, and months of which nothing is known any more", async () => {
    for (const month of ["2026-12", "2025-11", "2026-13", "2026-1", "now", ""]) {
      const { status, json } = await monthly(month);
      expect(status, month).toBeGreaterThanOrEqual(400);
      expect(status, month).toBeLessThan(500);
      expect(json.errors, month).toMatchObject([{ pointer: "/month" }]);
    }
  });
});

describe("the right partner of a comparison", () => {
  it("is not a job with another sign-in, other checks or another scope, and the reason is told", async () => {
    const cases = [
      ["signIn", "login.example.com", { headers: { Cookie: "SID=demo-only" } }],
      ["checks", "checks.example.com", { items: ["XSS"] }],
      ["scope", "scope.example.com", { excludeUrls: ["https://scope.example.com/admin"] }],
    ] as const;
    const heads = cases.map(([reason, host, change]) => {
      const base = finished(host, 20, ["High"], change);
      return { reason, host, base, head: finished(host, 10, []) };
    });
    const list = await complete();
    for (const { reason, host, base, head } of heads) {
      expect(targetOf(list, host)).toMatchObject({ change: null, notComparable: reason });
      const suggested = await stack.ask("GET", `/api/jobs/${head}/report/predecessor`);
      expect(suggested.json).toMatchObject({ predecessor: null, notComparable: reason, lookedAt: base });
      expect(await stack.ask("GET", `/api/compare?head=${head}`)).toMatchObject({
        status: 404,
        json: { code: "PREDECESSOR_NOT_FOUND" },
      });
    }
  });
});

describe("the demo site, scanned without login, with login, patched and scanned again", () => {
  let site: DemoSite;
  let own: Stack;
  /** The clock runs, and is advanced by a day between two scans. */
  let passed = 0;
  beforeEach(async () => {
    site = await createDemoSite();
    const clock = () => Date.now() + passed;
    own = await startStack({
      now: clock,
      bffNow: clock,
      environment: { WSC_ALLOW_PRIVATE_TARGETS: "true", WSC_BACKGROUND_READ_MS: "20" },
    });
  });
  afterEach(async () => {
    await own.close();
    await site.close();
  });

  /** Only the checks of the weaknesses that are patched. Polls as another person: constant polling has used up this person's share of the reads. */
  async function scan(change: Record<string, unknown> = {}): Promise<string> {
    passed += day;
    const { json } = await own.ask("POST", "/api/jobs", {
      body: jobBody(`${site.origin}/`, { speed: "3", items: ["XSS", "SQL Injection", "LFI"], ...change }),
    });
    const submission = await until(
      async () =>
        (await own.ask("GET", `/api/submissions/${json.submission.id}`, { persona: "viewer" })).json.submission,
      ({ instanceNo, state }) => instanceNo !== undefined || state === "FAILED",
    );
    await until(
      async () => (await own.ask("GET", `/api/jobs/${submission.instanceNo}`, { persona: "viewer" })).json.job,
      (job) => job?.status.phase === "completed",
    );
    return submission.instanceNo;
  }

  it("the re-scan is compared with its master, with the same three repaired weaknesses everywhere", async () => {
    const master = await scan();
    await scan({ signIn: { kind: "headers", headers: { Cookie: "SID=demo-only" } } });
    site.patch(["search", "track", "manual"]);
    const head = await scan({ rescanOf: master });
    const { host } = new URL(site.origin);
    const compared = (await own.ask("GET", `/api/compare?head=${head}`)).json;
    expect(compared).toMatchObject({ base: { job: { instanceNo: master } }, fixed: { length: 3 }, new: { length: 0 } });
    const suggested = (await own.ask("GET", `/api/jobs/${head}/report/predecessor`)).json;
    expect(suggested).toMatchObject({ predecessor: { instanceNo: master }, notComparable: null });
    const list = await until(
      () => view(own),
      (seen) => targetOf(seen, host)?.change?.base === master,
    );
    expect(targetOf(list, host)).toMatchObject({
      latest: { instanceNo: head },
      change: { fixed: { total: 3 }, new: { total: 0 } },
      rescan: { of: master, left: 2 },
    });
    const job = (await own.ask("GET", `/api/targets/${encodeURIComponent(host)}`)).json.jobs[0];
    expect(job).toMatchObject({ instanceNo: head, change: { base: master, fixed: { total: 3 } } });
  });
});
