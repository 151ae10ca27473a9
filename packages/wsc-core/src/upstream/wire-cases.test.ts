import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compareReports } from "../domain/compare-reports.ts";
import { isCertainRefusal } from "../errors/certain-refusal.ts";
import { decodeEnvelope, errorCodeOf } from "./envelope.ts";
import { readCreatedHint } from "./read-created.ts";
import { readJobPage } from "./read-jobs.ts";
import { readReport } from "./read-report.ts";

const now = new Date("2026-11-21T00:00:00Z");
const context = { zone: "Asia/Seoul", now };
const textOf = (name: string): string =>
  readFileSync(new URL(`../../fixtures/cases/${name}.json`, import.meta.url), "utf8");

function payloadOf(name: string, httpStatus = 200): unknown {
  const decoded = decodeEnvelope(httpStatus, textOf(name));
  if (decoded.kind !== "success" || !decoded.recognised) throw new Error(`${name} is no success`);
  return decoded.payload;
}
const pageOf = (name: string) => readJobPage(payloadOf(name), context);
const jobsOf = (name: string) => (pageOf(name)?.records ?? []).map(({ job }) => job);

function reportFrom(payload: unknown) {
  const [job] = jobsOf("j28-counts-comma");
  const report = job === undefined ? null : readReport(payload, { ...context, job });
  if (report === null) throw new Error("no report");
  return report;
}
const reportOf = (name: string) => reportFrom(payloadOf(name));
const findingsOf = (name: string) =>
  reportOf(name).findings.map(({ item, severity, url }) => [item, severity, url?.slice(-2) ?? null]);

describe("an answer to createJob", () => {
  it("that is a bare number contains no id", () => {
    expect(readCreatedHint(payloadOf("c02-count-1"))).toEqual({ hint: null });
  });

  it.each(["c07-code-200", "c19-code-100"])(
    "%s leaves the outcome in doubt, and does not mean a refused key",
    (name) => {
      const decoded = decodeEnvelope(200, textOf(name));
      if (decoded.kind !== "failure") throw new Error("a code that is not zero is no success");
      expect(errorCodeOf(decoded)).toBe("UPSTREAM_CODE_UNKNOWN");
      expect(isCertainRefusal(decoded)).toBe(false);
    },
  );

  it("with error code 0 is a success without an id", () => {
    expect(readCreatedHint(payloadOf("c09-error-0"))).toEqual({ hint: null });
  });
});

describe("a list", () => {
  it("in ascending order is recognised, with its count", () => {
    expect(pageOf("p01-oldest-first-page1of3")).toMatchObject({
      order: "oldest-first",
      total: 250,
      pageCount: 3,
      received: 2,
      isComplete: true,
    });
  });

  it("of a new account is empty, and without a count proves no absence", () => {
    expect(pageOf("j01-empty-null-list")).toMatchObject({ total: 0, records: [], isComplete: true });
    expect(pageOf("j02-empty-resources-null")).toMatchObject({ total: null, records: [], isComplete: false });
  });

  it("has its counts also with thousands separators", () => {
    expect(pageOf("j05-total-comma")?.total).toBe(1234);
    expect(jobsOf("j28-counts-comma")).toMatchObject([{ crawlCount: 1204, findingCount: 1007 }]);
  });

  it("is read behind a byte order mark, and with error code 0 beside it", () => {
    expect(jobsOf("j31-bom")).toMatchObject([{ instanceNo: "7000103" }]);
    expect(jobsOf("j39-error-code-0")).toMatchObject([{ instanceNo: "7000103" }]);
  });

  it.each(["j06-single-record-object", "j34-nested", "j36-resources-json-text"])("%s is refused", (name) => {
    expect(pageOf(name)).toBeNull();
  });

  it("with keys in another case counts its rows as unreadable", () => {
    expect(pageOf("j33-keycase-record")).toMatchObject({ records: [], unreadable: 1, isComplete: false });
  });

  it("with return code 200 is an unknown code, never a refused key", () => {
    const decoded = decodeEnvelope(200, textOf("j42-returncode-200"));
    expect(decoded.kind === "failure" && errorCodeOf(decoded)).toBe("UPSTREAM_CODE_UNKNOWN");
  });

  it("refused with a code in plain text has that code", () => {
    const decoded = decodeEnvelope(401, textOf("j46-error-string"));
    expect(decoded.kind === "failure" && errorCodeOf(decoded)).toBe("169201");
  });
});

describe("the texts of a status", () => {
  it.each(["j11-status-words-ko", "j11-status-words-en"])("of all eleven codes are read: %s", (name) => {
    const read = jobsOf(name).map(({ memo, status }) => [memo, `code ${status.code}`]);
    expect(read).toHaveLength(11);
    for (const [memo, code] of read) expect(code).toBe(memo);
  });

  it("offer the report of a finished job without a button", () => {
    expect(jobsOf("j11b-status-ko4-nobutton")).toMatchObject([{ capabilities: { report: true } }]);
  });

  it("are found in an object", () => {
    expect(jobsOf("j56-status-object")).toMatchObject([{ status: { phase: "completed", text: "진단 완료" } }]);
  });
});

describe("a date outside of the contract's forms", () => {
  it.each([
    "j14-date-iso-zone-hh",
    "j16-date-epoch-s",
    "j18-date-text14",
    "j20-date-gson",
    "j21-date-ampm",
    "j26-date-dots",
    "j26c-date-num8",
  ])("is unknown and shuts no report: %s", (name) => {
    expect(jobsOf(name)).toMatchObject([{ endedAt: null, reportExpiresAt: null, capabilities: { report: true } }]);
  });
});

describe("a report", () => {
  it.each<[string, unknown]>([
    [
      "r03-severity-on-item",
      [
        ["XSS", "high", "/a"],
        ["XSS", "high", "/b"],
      ],
    ],
    [
      "r05-top-list-name",
      [
        ["XSS", "high", "/a"],
        ["XSS", "medium", "/b"],
      ],
    ],
    [
      "r07-array-of-groups",
      [
        ["XSS", "high", "/a"],
        ["XSS", "high", "/b"],
      ],
    ],
    ["r39-details-item-title-obj", [["XSS", "high", "/a"]]],
    ["r41-details-host-level", [["XSS", "high", "/a"]]],
    ["r02-single-object-odd-url-key", [["XSS", "high", "/a"]]],
  ])("names item, risk and place of each finding: %s", (name, findings) => {
    expect(findingsOf(name)).toEqual(findings);
  });

  it("does not read counts as domains, and shows them unchanged", () => {
    const report = reportOf("r17-domain-flat");
    expect(report.byDomain).toEqual([]);
    expect(report.unrecognised.Classify_byRisk_Domain).toEqual({ Total: 2, High: 1, Medium: 1, Low: 0 });
  });

  it.each(["r22-login-none-ko", "r23-login-notused"])("reports that no sign-in was used: %s", (name) => {
    const report = reportOf(name);
    expect(report.scope.signInUsed).toBe(false);
    expect(JSON.stringify(report)).not.toContain("[REDACTED]");
  });

  it("keeps evidence that contains the words of an unused sign-in", () => {
    expect(reportOf("r23-login-notused").findings[0]?.evidence).toBe("cookie flag Not used in answer");
  });

  it("reads a dash as no exclusions", () => {
    expect(reportOf("r26-excluded-dash").scope.excluded).toEqual([]);
  });

  it.each([
    "r10-item-url-text-joined",
    "r12-korean-keys",
    "r13-severity-letters",
    "r28-keys-lower",
    "r31-details-json-text",
  ])("shows what it cannot read: %s", (name) => {
    const text = JSON.stringify(reportOf(name));
    for (const [url] of textOf(name).matchAll(/https:\/\/www\.example\.com\/[ab]/g)) expect(text).toContain(url);
  });
});

describe("two reports", () => {
  function compareCase(name: string) {
    const { base, head } = JSON.parse(textOf(name)) as { base: unknown; head: unknown };
    return compareReports({ report: reportFrom(base), speed: null }, { report: reportFrom(head), speed: null });
  }

  it("mark nothing as fixed while the later one could not be read", () => {
    const { fixed, notRetested } = compareCase("x01-compare-details-unreadable");
    expect(fixed).toEqual([]);
    expect(notRetested.map(({ reason }) => reason)).toEqual(["unread", "unread"]);
  });

  it("recognise a finding despite list indexes", () => {
    const result = compareCase("x02-compare-index-keys");
    expect(result.new.map(({ item }) => item)).toEqual(["XSS"]);
    expect(result.remaining.map(({ item }) => item)).toEqual(["SQL Injection"]);
    expect([result.fixed, result.notRetested]).toEqual([[], []]);
  });
});
