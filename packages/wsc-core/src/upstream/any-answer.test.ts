import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jobSchema } from "../domain/job.ts";
import { undigestedReportSchema } from "../domain/report.ts";
import { readCreatedHint } from "./read-created.ts";
import { readJobPage } from "./read-jobs.ts";
import { readReport } from "./read-report.ts";

const context = { zone: "Asia/Seoul", now: new Date("2026-11-21T00:00:00Z") };
const job = readJobPage({ total_cnt: 1, record_data: [{ instanceNo: 1, status: "Complete" }] }, context)?.records[0]
  ?.job;
if (job === undefined) throw new Error("a job with an id is read");

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom<unknown>(
    "1,234",
    1e300,
    1.5,
    -1,
    "9007199254740993",
    1795017600,
    "없음",
    "-",
    "\ud800",
    "9999/12/31",
    [],
    {},
    null,
  ),
);
/** An object with some of the names, each with any value. */
const objectOf = (...names: string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] }) as fc.Arbitrary<
    Record<string, unknown>
  >;

const record = fc.oneof(
  odd,
  objectOf(
    "start_date",
    "end_date",
    "status",
    "progress",
    "start_url",
    "crawl_cnt",
    "scan_cnt",
    "memo",
    "result_button",
    "x",
  ).map((fields) => ({ instanceNo: 7, ...fields })),
);
const page = fc.oneof(
  odd,
  fc.record({ total_cnt: odd, total_page_cnt: odd, record_data: fc.oneof(odd, fc.array(record, { maxLength: 4 })) }),
  fc.record({ total_cnt: fc.nat(), record_data: fc.array(record, { maxLength: 4 }) }),
);
const row = objectOf("VulnTitle", "Risk", "Url", "Method", "Parameter", "Evidence", "List", "Title", "count");
const details = fc.oneof(
  odd,
  fc.array(row, { maxLength: 3 }),
  fc.dictionary(
    fc.constantFrom("XSS", "0", "High", "vuln_list", "intranet", "www.example.com"),
    fc.oneof(row, fc.array(row), odd),
  ),
);
const report = fc
  .tuple(
    objectOf(
      "Target_Info",
      "Crawl_Time",
      "Scan_Time",
      "Excluded_Url",
      "Login_Info",
      "Vulnerability_Category",
      "User_Agent",
      "Memo",
      "Scanned_Domain_List",
      "Not_Scanned_Domain_List",
      "Classify_byRisk_Level",
      "Classify_byRisk_Domain",
      "Classify_byRisk_Vulnerability",
      "Recommendation",
    ),
    odd,
    details,
  )
  .map(([fields, report_date, Details]) => ({ ...fields, report_date, Details }));

describe("for any answer of the upstream", () => {
  it("a page of jobs is read into our contract, or refused", () => {
    fc.assert(
      fc.property(page, fc.constantFrom(null, 4, 77), (payload, statusCode) => {
        const read = readJobPage(payload, { ...context, statusCode });
        if (read === null) return;
        // Lists are sent without being parsed by the schema again.
        for (const { job: shown } of read.records) expect(jobSchema.parse(shown)).toEqual(shown);
        expect(read.total === null || Number.isSafeInteger(read.total)).toBe(true);
        expect(read.records.length + read.unreadable).toBe(read.received);
        if (read.total === null) expect([read.received, read.isComplete]).toEqual([0, false]);
      }),
      { numRuns: 600 },
    );
  });

  it("a report is read into our contract, or refused", () => {
    fc.assert(
      fc.property(fc.oneof(odd, report), (payload) => {
        const read = readReport(payload, { ...context, job });
        if (read !== null) undigestedReportSchema.parse(read);
      }),
      { numRuns: 400 },
    );
  });

  it("createJob's answer yields the digits of an id or nothing", () => {
    fc.assert(
      fc.property(odd, (payload) => {
        expect(readCreatedHint(payload).hint ?? "1").toMatch(/^[0-9]{1,20}$/);
      }),
    );
  });

  it("a report of 5,000 findings and a text of separators are read", () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      Risk: "Low",
      Url: `https://www.example.com/${index}`,
    }));
    const read = readReport(
      {
        report_date: "",
        Details: { XSS: rows },
        Excluded_Url: `x${" ,".repeat(5_000)}y`,
        Crawl_Time: "~".repeat(100_000),
      },
      { ...context, job },
    );
    expect(read?.findings).toHaveLength(5_000);
    expect(read?.scope.excluded).toHaveLength(1);
  });
});
