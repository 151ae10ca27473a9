import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJobPage } from "../upstream/read-jobs.ts";
import { readReport } from "../upstream/read-report.ts";
import { compareReports } from "./compare-reports.ts";
import { comparisonSchema } from "./comparison.ts";
import { coverageOf } from "./coverage.ts";
import type { Job } from "./job.ts";
import { readJobStatus } from "./job-status.ts";
import type { UndigestedReport } from "./report.ts";

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8"));
const now = new Date("2026-11-21T00:00:00Z");
const someJob = readJobPage(fixture("getJobs.page1.bare.json"), { zone: "Asia/Seoul", now })?.records[2]?.job;
if (!someJob) throw new Error("the fixture has a third job");
const job: Job = { ...someJob, status: readJobStatus("Complete"), crawlCount: 100 };

type Row = readonly [item: string, path: string, parameter: string, risk?: string];

interface Run {
  readonly rows: readonly Row[];
  readonly wire?: Record<string, unknown>;
  readonly job?: Partial<Job>;
  readonly speed?: string | null;
}

const urlOf = (path: string): string => (path.startsWith("http") ? path : `https://www.example.com${path}`);

function runOf({ rows, wire = {}, job: change = {}, speed = null }: Run): {
  report: UndigestedReport;
  speed: string | null;
} {
  const details = Object.groupBy(rows, ([item]) => item);
  const payload = {
    ...fixture("getReport.no-findings.json").resources,
    Vulnerability_Category: "XSS, SSI Injection",
    Details: Object.fromEntries(
      Object.entries(details).map(([item, list = []]) => [
        item,
        list.map(([, path, parameter, risk = "Medium"]) => ({
          Risk: risk,
          Url: urlOf(path),
          Method: "GET",
          Parameter: parameter,
        })),
      ]),
    ),
    ...wire,
  };
  const report = readReport(payload, { job: { ...job, ...change }, zone: "Asia/Seoul", now });
  if (report === null) throw new Error("no report");
  return { report, speed };
}

const compare = (base: Run, head: Run) => comparisonSchema.parse(compareReports(runOf(base), runOf(head)));
const xss: Row = ["XSS", "/search?q=1", "q"];
const gone = { rows: [] };

describe("two reports of a target", () => {
  it("show what is new, what remains and what was fixed", () => {
    const result = compare(
      { rows: [xss, ["SSI Injection", "/page.shtml", "inc", "High"]] },
      {
        rows: [
          ["XSS", "/search?q=other", "q"],
          ["XSS", "/board", "title"],
        ],
      },
    );
    expect(result.remaining.map(({ number, numbers }) => [number, numbers])).toEqual([
      ["M-01", { base: ["M-01"], head: ["M-01"] }],
    ]);
    expect(result.new.map(({ url }) => url)).toEqual(["https://www.example.com/board"]);
    expect(result.fixed.map(({ item, number }) => [item, number])).toEqual([["SSI Injection", "H-01"]]);
    expect(result.notRetested).toEqual([]);
    expect(result.differences).toEqual([]);
  });

  it("say that a risk level changed", () => {
    const result = compare({ rows: [xss] }, { rows: [["XSS", "/search", "q", "High"]] });
    expect(result.remaining).toMatchObject([{ severity: "high", severityBefore: "medium" }]);
  });

  it("count findings that share a fingerprint as one with several numbers", () => {
    const twice = { rows: [xss, ["XSS", "/search?q=2", "q"] as Row] };
    expect(compare(twice, { rows: [xss] })).toMatchObject({
      remaining: [{ numbers: { base: ["M-01", "M-02"], head: ["M-01"] } }],
      fixed: [],
    });
  });
});

describe("a finding that is gone was fixed only when the later run looked there again; it was not re-tested because of", () => {
  it.each<[string, Run, Run, string]>([
    ["item", { rows: [xss] }, { rows: [], wire: { Vulnerability_Category: "SSI Injection" } }, "the item was left out"],
    [
      "host",
      { rows: [["XSS", "https://img.example.com/a", "q"]] },
      { rows: [], wire: { Scanned_Domain_List: ["www.example.com"] } },
      "its host was not scanned",
    ],
    [
      "host",
      { rows: [["XSS", "https://www.example.com:8443/a", "q"]] },
      { rows: [], wire: { Scanned_Domain_List: ["www.example.com:9443"] } },
      "another port was scanned",
    ],
    [
      "excluded",
      { rows: [xss] },
      { rows: [], wire: { Excluded_Url: "https://www.example.com/search" } },
      "its path was excluded",
    ],
    [
      "excluded",
      { rows: [["XSS", "/shop/cart", "q"]] },
      { rows: [], wire: { Excluded_Url: ["https://www.example.com/x", "https://www.example.com/shop/"] } },
      "a folder above it was excluded",
    ],
    ["excluded", { rows: [xss] }, { rows: [], wire: { Excluded_Url: "/sea*" } }, "what begins like it was excluded"],
    ["unknown", { rows: [xss] }, { rows: [], wire: { Excluded_Url: { 1: "x" } } }, "the exclusions are not read"],
    [
      "host",
      { rows: [xss] },
      { rows: [], wire: { Not_Scanned_Domain_List: ["www.example.com"] } },
      "its host is among those that were not scanned",
    ],
    [
      "signIn",
      { rows: [xss], wire: { Login_Info: "SID=1234567" } },
      { rows: [], wire: { Login_Info: "" } },
      "only the earlier run was signed in",
    ],
    [
      "unfinished",
      { rows: [xss] },
      { rows: [], job: { status: readJobStatus("Stopped") } },
      "the later run was stopped",
    ],
    ["coverage", { rows: [xss] }, { rows: [], job: { crawlCount: 49 } }, "the later run saw less than half"],
    ["unknown", { rows: [xss] }, { rows: [], wire: { Vulnerability_Category: "" } }, "the items are not known"],
    [
      "unknown",
      { rows: [], wire: { Details: { XSS: ["seen on the start page"] } } },
      { rows: [] },
      "it names no place",
    ],
  ])("%s", (reason, base, head) => {
    const result = compare(base, head);
    expect(result.fixed).toEqual([]);
    expect(result.notRetested.map((finding) => finding.reason)).toEqual([reason]);
  });

  it.each<[string, Run, Run]>([
    ["all items were checked", { rows: [xss] }, { rows: [], wire: { Vulnerability_Category: "ALL" } }],
    ["the item is written another way", { rows: [xss] }, { rows: [], wire: { Vulnerability_Category: "xss" } }],
    [
      "the counts name the item",
      { rows: [xss] },
      { rows: [], wire: { Vulnerability_Category: "", Classify_byRisk_Vulnerability: { XSS: 0 } } },
    ],
    [
      "a neighbour was excluded",
      { rows: [xss] },
      { rows: [], wire: { Excluded_Url: "https://www.example.com/searches" } },
    ],
    [
      "the host is named with its port",
      { rows: [["XSS", "https://www.example.com:8443/a", "q"]] },
      { rows: [], wire: { Scanned_Domain_List: ["www.example.com:8443"] } },
    ],
    [
      "the host is named as a URL",
      { rows: [xss] },
      { rows: [], wire: { Scanned_Domain_List: ["https://www.example.com/"] } },
    ],
    ["the later run alone was signed in", { rows: [xss] }, { rows: [], wire: { Login_Info: "SID=1234567" } }],
    ["the later run saw half", { rows: [xss] }, { rows: [], job: { crawlCount: 50 } }],
    ["both runs are tiny", { rows: [xss], job: { crawlCount: 9 } }, { rows: [], job: { crawlCount: 1 } }],
  ])("nothing when %s", (_, base, head) => {
    const result = compare(base, head);
    expect(result.notRetested).toEqual([]);
    expect(result.fixed).toHaveLength(1);
  });

  it("a finding with several occurrences is not lost when one is outside of the scope", () => {
    const base = { rows: [xss, ["XSS", "/search?x=2", "q"] as Row] };
    expect(compare(base, { rows: [], wire: { Excluded_Url: "https://www.example.com/search?x=2" } })).toMatchObject({
      fixed: [],
      notRetested: [{ reason: "excluded" }],
    });
  });
});

describe("settings that differ", () => {
  it("are ordered by significance", () => {
    const { differences } = compare(
      { rows: [], speed: "1" },
      {
        rows: [],
        speed: "3",
        job: { crawlCount: 40 },
        wire: {
          Vulnerability_Category: "XSS",
          Login_Info: "SID=1234567",
          Excluded_Url: "https://www.example.com/admin",
          Scanned_Domain_List: ["www.example.com"],
          User_Agent: "iPhone",
          Target_Info: "https://www.example.com/shop/",
        },
      },
    );
    expect(differences).toEqual([
      { setting: "items", base: ["XSS", "SSI Injection"], head: ["XSS"] },
      { setting: "signIn", base: [], head: ["used"] },
      { setting: "exclusions", base: [], head: ["https://www.example.com/admin"] },
      { setting: "scannedHosts", base: ["www.example.com", "img.example.com"], head: ["www.example.com"] },
      { setting: "startUrl", base: ["https://www.example.com/"], head: ["https://www.example.com/shop/"] },
      { setting: "userAgent", base: ["PC Chrome"], head: ["iPhone"] },
      { setting: "speed", base: ["1"], head: ["3"] },
      { setting: "coverage", base: ["100"], head: ["40"] },
    ]);
  });

  it.each([
    { Vulnerability_Category: "SSI Injection, XSS" },
    { Vulnerability_Category: ["xss", "ssi injection"] },
    { Scanned_Domain_List: ["img.example.com", "WWW.example.com"] },
  ])("are none when only order or case is another: %j", (wire) => {
    expect(compare({ rows: [] }, { rows: [], wire }).differences).toEqual([]);
  });

  it("include a setting that is known of one run only", () => {
    expect(compare({ ...gone, speed: "2" }, gone).differences).toEqual([{ setting: "speed", base: ["2"], head: null }]);
  });
});

describe("any two reports", () => {
  const row: fc.Arbitrary<Row> = fc.tuple(
    fc.constantFrom("XSS", "SSI Injection", "LFI"),
    fc.constantFrom("/a", "/a?x=1", "/b", "/admin/c", "https://img.example.com/d", "not a url"),
    fc.constantFrom("q", "r"),
    fc.constantFrom("High", "Medium", "Low", "?"),
  );
  const run: fc.Arbitrary<Run> = fc.record({
    rows: fc.array(row, { maxLength: 12 }),
    wire: fc.record(
      {
        Vulnerability_Category: fc.constantFrom("XSS", "ALL", "", "LFI, XSS"),
        Excluded_Url: fc.constantFrom("", "https://www.example.com/admin", "https://www.example.com/a?x=1", "nonsense"),
        Scanned_Domain_List: fc.constantFrom([], ["www.example.com"], ["img.example.com"]),
        Login_Info: fc.constantFrom("", "SID=1234567"),
      },
      { requiredKeys: [] },
    ),
    job: fc.record({ crawlCount: fc.constantFrom(null, 5, 40, 100) }),
  });

  it("put every finding of either side in exactly one list, and no other", () => {
    fc.assert(
      fc.property(run, run, (left, right) => {
        const [base, head] = [runOf(left), runOf(right)];
        const result = compareReports(base, head);
        const of = (list: readonly { fingerprint: string }[]) => list.map(({ fingerprint }) => fingerprint);
        const before = new Set(of(base.report.findings));
        const after = new Set(of(head.report.findings));
        expect(of([...result.remaining, ...result.new]).toSorted()).toEqual([...after].toSorted());
        expect(of([...result.remaining, ...result.fixed, ...result.notRetested]).toSorted()).toEqual(
          [...before].toSorted(),
        );
        const numbers = (side: "base" | "head") =>
          [result.new, result.remaining, result.fixed, result.notRetested]
            .flat()
            .flatMap((entry) => entry.numbers[side]);
        expect(numbers("base").toSorted()).toEqual(base.report.findings.map(({ number }) => number).toSorted());
        expect(numbers("head").toSorted()).toEqual(head.report.findings.map(({ number }) => number).toSorted());
      }),
    );
  });

  it("that are equal show only remaining findings", () => {
    fc.assert(
      fc.property(run, (same) => {
        const result = compareReports(runOf(same), runOf(same));
        expect([result.new, result.fixed, result.notRetested, result.differences]).toEqual([[], [], [], []]);
      }),
    );
  });
});

describe("coverage", () => {
  it.each([
    [100, 49, true],
    [100, 50, false],
    [10, 4, true],
    [9, 0, false],
    [100, 300, false],
    [null, 1, false],
    [100, null, false],
  ])("%s URLs before, %s after: collapsed %s", (base, head, collapsed) => {
    expect(coverageOf({ crawlCount: base }, { crawlCount: head })).toEqual({ base, head, collapsed });
  });
});

describe("an earlier report that could not be read in full", () => {
  it.each([
    ["it counts more than was read", { Classify_byRisk_Level: { Total: 3 } }],
    ["its details are in no known shape", { Details: "encoded" }],
  ])("makes nothing new when %s, and what both have remains", (_, wire) => {
    const head = { rows: [xss, ["XSS", "/board", "title"] as Row] };
    const result = compare({ rows: [xss], wire }, head);
    expect(result.new).toEqual([]);
    expect(result.notComparable.map(({ url }) => url)).toContain("https://www.example.com/board");
    expect(result.notComparable.length + result.remaining.length).toBe(2);
    expect(compare({ rows: [xss] }, head)).toMatchObject({ notComparable: [], new: [{}], remaining: [{}] });
  });
});

describe("a later report that names less", () => {
  it("marks nothing as fixed: not below its own counts, without methods or parameters, or with another spelling of the item", () => {
    const base = { rows: [xss] };
    const counted = compare(base, { rows: [], wire: { Classify_byRisk_Vulnerability: { XSS: { Total: 1 } } } });
    expect(counted.fixed).toEqual([]);
    expect(counted.notRetested.map(({ reason }) => reason)).toEqual(["unread"]);
    const nameless = compare(base, { rows: [], wire: { Details: { XSS: [{ Url: urlOf("/search") }] } } });
    expect(nameless.fixed).toEqual([]);
    const uncounted = compare(base, { rows: [], job: { crawlCount: null } });
    expect(uncounted.notRetested.map(({ reason }) => reason)).toEqual(["unknown"]);
    const counts = ["/search (1)", "/search (2)"].map((path) => ({ rows: [["XSS", path, "q"] as Row] }));
    expect(compare(counts[0] ?? base, counts[1] ?? base).fixed).toEqual([]);
    const respelled = compare(base, { rows: [["ｘｓｓ ", "/search?q=1", "q"]] });
    expect([respelled.fixed, respelled.new, respelled.remaining.length]).toEqual([[], [], 1]);
  });
});
