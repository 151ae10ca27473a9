import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jobSchema } from "../domain/job.ts";
import { undigestedReportSchema } from "../domain/report.ts";
import { readJobPage } from "./read-jobs.ts";
import { readReport, unlistedJob, withJobOfReport } from "./read-report.ts";

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8"));
const now = new Date("2026-11-21T00:00:00Z");
const job = readJobPage(fixture("getJobs.page1.bare.json"), { zone: "Asia/Seoul", now })?.records[2]?.job;
if (!job) throw new Error("the fixture has a third job");
const context = { job, zone: "Asia/Seoul", now };
const bare = (change: Record<string, unknown> = {}) =>
  readReport({ ...fixture("getReport.bare.json"), ...change }, context);

describe("a report", () => {
  it("reads the documented fields and the modelled content", () => {
    const report = bare();
    expect(report?.summary).toEqual({ total: 7, high: 2, medium: 4, low: 1 });
    expect(report?.findings.map(({ number, item }) => `${number} ${item}`)).toEqual([
      "H-01 SSI Injection",
      "H-02 SSI Injection",
      "M-01 XSS",
      "M-02 XSS",
      "M-03 XSS",
      "M-04 XSS",
      "L-01 XSS",
    ]);
    expect(report?.scope).toEqual({
      target: "https://www.example.com/",
      scanned: ["www.example.com", "img.example.com"],
      notScanned: ["cdn.example.net"],
      excluded: ["https://www.example.com/logout", "https://www.example.com/admin/"],
      items: ["XSS", "SSI Injection"],
      userAgent: "PC Chrome",
      signInUsed: true,
    });
    expect(report?.times.scanEndedAt).toBe("2026-11-18T18:42:57.000Z");
    expect(report?.expiresAt).toBe("2027-11-18T18:42:57.000Z");
    expect(report?.unrecognised).toEqual({});
  });

  it.each([
    "getReport.bare.json",
    "getReport.unexpected-inner-shapes.json",
    "getReport.no-findings.json",
    "getReport.wrapped.json",
  ])("%s reads to what our contract promises", (name) => {
    const body = fixture(name);
    expect(() => undigestedReportSchema.parse(readReport(body.resources ?? body, context))).not.toThrow();
  });

  it("keeps everything of unexpected shapes", () => {
    const report = readReport(fixture("getReport.unexpected-inner-shapes.json").resources, context);
    expect(report?.byDomain).toEqual([{ domain: "www.example.com", total: 5, high: 2, medium: 3, low: 0 }]);
    expect(report?.byItem).toContainEqual({ item: "XSS", total: 5, high: null, medium: null, low: null });
    expect(report?.findings).toMatchObject([
      { number: "U-01", item: "XSS", url: "https://www.example.com/search", parameter: "q" },
    ]);
    expect(report?.recommendations).toEqual([{ item: "XSS", text: "Encode output.\nAdd a policy." }]);
    expect(report?.unrecognised).toMatchObject({
      New_Field_From_Vendor: { any: ["thing"] },
      Details: { XSS: { count: 5 } },
      Scanned_Domain_List: [{ Domain: "www.example.com", Url_Count: 342 }],
    });
    expect(report?.times.crawlStartedAt).toBe("2026-11-18T16:00:02.000Z");
  });

  it("takes a word with a number for a domain only when it names a host", () => {
    const levels = { Safe: 1, 기타: 2, その他: 1, H: 1, vuln_cnt: 2, "Total(건)": 3 };
    expect(bare({ Classify_byRisk_Domain: levels })).toMatchObject({
      byDomain: [],
      unrecognised: { Classify_byRisk_Domain: levels },
    });
    const domains = bare({
      Classify_byRisk_Domain: { "shop.example": 2, intranet: 1 },
      Scanned_Domain_List: ["intranet"],
    });
    expect(domains?.byDomain.map(({ domain, total }) => [domain, total])).toEqual([
      ["shop.example", 2],
      ["intranet", 1],
    ]);
  });

  it("never lets the parsed findings contradict the vendor's totals", () => {
    expect(bare({ Details: {} })?.summary).toEqual({ total: 7, high: 2, medium: 4, low: 1 });
  });

  it("shows an unknown risk word instead of a fourth level", () => {
    const report = bare({ Details: { XSS: [{ Risk: "Critical", Url: "https://www.example.com/a" }] } });
    expect(report?.findings[0]).toMatchObject({ severity: null, otherFields: [{ name: "Risk", value: "Critical" }] });
  });

  it.each([
    [
      "rows that name their item",
      [{ VulnTitle: "XSS", severity: "상", uri: "https://www.example.com/x" }],
      { item: "XSS", severity: "high", url: "https://www.example.com/x" },
    ],
    [
      "plain URLs",
      { XSS: ["https://www.example.com/y"] },
      { item: "XSS", severity: null, url: "https://www.example.com/y" },
    ],
    ["plain sentences", { XSS: ["seen on the start page"] }, { item: "XSS", evidence: "seen on the start page" }],
  ])("reads details given as %s", (_, details, expected) => {
    expect(bare({ Details: details })?.findings[0]).toMatchObject(expected);
  });

  it.each([
    "Details",
    "Recommendation",
    "Classify_byRisk_Domain",
    "Classify_byRisk_Vulnerability",
    "Classify_byRisk_Level",
    "Scanned_Domain_List",
  ])("survives any JSON in %s", (field) => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => void undigestedReportSchema.parse(bare({ [field]: value }))),
      { numRuns: 60 },
    );
  });

  it.each([null, [], "x", 5, {}, { foo: 1 }])("is no report: %j", (payload) => {
    expect(readReport(payload, context)).toBeNull();
  });
});

describe("sign-in data in a report", () => {
  const secret = "SESSIONID=s3cr3t-session-value; theme=dark";
  const leaky = bare({
    Login_Info: secret,
    Details: {
      XSS: [
        {
          Risk: "Low",
          Url: "https://www.example.com/?sid=s3cr3t-session-value",
          Evidence: "GET / HTTP/1.1\r\nCookie: other=unknown-cookie-value\r\nX: s3cr3t-session-value",
        },
      ],
    },
    Memo: `note ${secret}`,
    Login_Cookie: "fresh-value",
    New_Field: {
      Authorization: "Bearer abc.def",
      nested: ["s3cr3t-session-value"],
      key: encodeURIComponent("SESSIONID=s3cr3t-session-value"),
    },
  });

  it.each(["s3cr3t-session-value", "unknown-cookie-value", "fresh-value", "abc.def", "SESSIONID%3D"])(
    "is gone from every part: %s",
    (text) => {
      expect(JSON.stringify(leaky)).not.toContain(text);
    },
  );

  it("is kept only as the fact that it was used", () => {
    expect(leaky?.scope.signInUsed).toBe(true);
    expect(JSON.stringify(leaky)).toContain("[REDACTED]");
    for (const nothing of ["", null, undefined, "-", "None"])
      expect(bare({ Login_Info: nothing })?.scope.signInUsed).toBe(false);
  });

  it("does not blank ordinary words because a cookie held a short value", () => {
    expect(bare({ Login_Info: "a=b; c=XSS" })?.findings.some(({ item }) => item === "XSS")).toBe(true);
  });

  it.each([
    ["a list", ["SID=list-secret-1"]],
    ["an object", { Cookie: "SID=list-secret-1" }],
  ])("is removed when it came as %s", (_, value) => {
    const report = bare({ Login_Info: value, Memo: "SID=list-secret-1" });
    expect(JSON.stringify(report)).not.toContain("list-secret-1");
    expect(report?.scope.signInUsed).toBe(true);
  });
});

describe("the report of a job that only its number names", () => {
  it("says itself what it is about, and when it ended", () => {
    const job = unlistedJob("7000103");
    const payload = {
      ...{ report_date: "2026/11/19 03:42:57", Target_Info: "https://www.example.com/", Memo: "monthly" },
      ...{ Crawl_Time: "2026/11/19 01:00:02~2026/11/19 01:18:40", Classify_byRisk_Level: { Total: 3 } },
    };
    const read = readReport(payload, { job, zone: "Asia/Seoul", now: new Date("2026-11-21T00:00:00Z") });
    const report = read === null ? null : withJobOfReport(read);
    expect(report?.job).toMatchObject({
      ...{ instanceNo: "7000103", startUrl: "https://www.example.com/", memo: "monthly", findingCount: 3 },
      ...{ startedAt: "2026-11-18T16:00:02.000Z", endedAt: "2026-11-18T18:42:57.000Z" },
      reportExpiresAt: report?.expiresAt,
    });
    expect(jobSchema.safeParse(report?.job).success).toBe(true);
  });
});
