import {
  codeBlock,
  codeSpan,
  compareReports,
  createExclusionRule,
  csvRow,
  curlText,
  draftSchema,
  exportFormats,
  findingFingerprint,
  hostMatchesPattern,
  isTimeZone,
  jobRequestSchema,
  matchesHost,
  memoTokensIn,
  placeOf,
  type Report,
  readWebUrl,
  ruleIdOf,
  scheduleRequestSchema,
  storableDraft,
  stripMemoToken,
  targetHostOf,
} from "@wsc-dashboard/wsc-core";
import { readRetryAfter } from "@wsc-dashboard/wsc-core/node";
import { decodeEnvelope, readJobPage, readReport, readVendorDate } from "@wsc-dashboard/wsc-core/upstream";
import { describe, expect, it } from "vitest";
import { isName } from "../src/identity/names.ts";
import { spellings } from "../src/log/redaction.ts";
import { withDigest } from "../src/reports/report-digest.ts";
import { exportReport } from "../src/reports/report-export.ts";
import { decodeBody } from "../src/targets/decode-body.ts";
import { readLoginPage } from "../src/targets/login-page.ts";
import { createMask } from "../src/targets/mask-secrets.ts";
import { finishedJob } from "./finished-job.ts";

const large = 24_000;
/** A report contains the text in a dozen places. */
const largeInReports = 8_000;
const factor = 8;
/** For 8 times the input a linear reader takes 8 times as long, a quadratic one 64; the margin is for caches, GC and load. */
const maxGrowth = 24;
/** Shorter times say nothing about growth; a quadratic reader of 24,000 takes longer. In milliseconds. */
const floorMs = 50;
/** Repeated measurement never makes a quadratic reader look linear; a linear one passes in one of these runs. */
const maxRuns = 12;

/** What an attacker repeats to make a parser backtrack, and what makes it fail in the end. */
const units = [
  ...[" ", "\t", "\n", " \n", "?", "#", "?\n", "`", "%", "%41", "[", "{", "(", "&", "=", "a", "a=", ";", ";sid=", "\\"],
  ...[
    '"',
    "<",
    "<a ",
    "😀",
    "\ud800",
    "가",
    "0",
    "1,",
    "/",
    "@",
    ",",
    ".",
    "-",
    "\u200b",
    "\u0000",
    "http://",
    "Cookie:",
  ],
];
const end = "\u0001!";
/** Fewer for reports and their exports, which take longest. */
const unitsOfReports = [" ", " \n", "?", "`", "%41", "[", "=", ";sid=", "\\", '"', "\ud800", "Cookie:"];

const job = finishedJob();
const now = new Date("2026-11-28T00:00:00Z");
const context = { language: "en", zone: "Asia/Seoul", version: "0.0.0" } as const;

function reportOf(payload: object): Report {
  const read = readReport(payload, { job, zone: "Asia/Seoul", now });
  if (read === null) throw new Error("no report");
  return withDigest(read);
}

const row = (text: string) => ({ Risk: "High", Url: text, Method: text, Parameter: text, Evidence: text });
const reportWith = (text: string): Report =>
  reportOf({
    Target_Info: text,
    Memo: text,
    start_date: text,
    end_date: text,
    Excluded_Url: text,
    Scanned_Domain_List: text,
    Vulnerability_Category: text,
    Details: { [`a${text}`]: [row(text), row(`https://shop.example.com/${text}`)] },
    Recommendation: { [`a${text}`]: text },
  });

const consent = { textVersion: "1", accepted: true };
const jobBody = (text: string) => ({
  startUrl: text,
  excludeUrls: [text],
  items: [text],
  userAgent: text,
  speed: text,
  memo: text,
  hosting: text,
  rescanOf: text,
  consent,
});
const formOf = (text: string) => ({
  kind: "form",
  actionUrl: text,
  pageUrl: text,
  idParam: text,
  idValue: text,
  passwordParam: text,
  passwordValue: text,
  successText: text,
  extra: { [text]: text },
});

/** Everything that parses foreign text. Errors it throws do not matter here. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  "a web URL": readWebUrl,
  "the host of a URL": targetHostOf,
  "a host and a pattern": (text) => [
    hostMatchesPattern(text, "*.example.com"),
    hostMatchesPattern("a.example.com", text),
  ],
  "a host of a report": (text) => matchesHost("shop.example.com", text),
  "the place of a finding": (text) => [placeOf(text), placeOf(`https://a/${text}`)],
  "a fingerprint": (text) => findingFingerprint({ item: text, method: text, url: text, parameter: text }),
  "a rule's name": ruleIdOf,
  "a code span": codeSpan,
  "a code block": codeBlock,
  "a row of CSV": (text) => csvRow([text]),
  "a curl command": (text) => curlText({ method: "PUT", origin: "https://a", path: text, body: text }),
  "a memo": (text) => [memoTokensIn(text), stripMemoToken(text)],
  "an exclusion": (text) => createExclusionRule([`https://a/${text}`], "https://a/")(new URL(`https://a/${text}`)),
  "a time zone": isTimeZone,
  "a date of the vendor": (text) => readVendorDate(text, { zone: "Asia/Seoul", now }),
  "an envelope": (text) => [
    decodeEnvelope(200, text),
    decodeEnvelope(401, JSON.stringify({ error: { message: text } })),
  ],
  "a list of jobs": (text) => {
    const names = ["start_url", "memo", "status", "start_date", "end_date", "progress", "crawl_cnt", "result_button"];
    const row = { instanceNo: 7, ...Object.fromEntries([...names, text].map((name) => [name, text])) };
    const rows = [row, { ...row, status: { code: text, text } }];
    return readJobPage({ total_cnt: 2, total_page_cnt: text, record_data: rows }, { zone: "Asia/Seoul", now });
  },
  "a count of jobs": (text) => readJobPage({ total_cnt: text, record_data: [] }, { zone: "Asia/Seoul", now }),
  "a time to wait": (text) => readRetryAfter(text, now.getTime()),
  "a job request": (text) => jobRequestSchema.safeParse(jobBody(text)),
  "a sign-in by form": (text) => jobRequestSchema.safeParse({ startUrl: "https://a/", consent, signIn: formOf(text) }),
  "a sign-in by headers": (text) =>
    jobRequestSchema.safeParse({
      startUrl: "https://a/",
      consent,
      signIn: { kind: "headers", headers: { Cookie: text, [text]: "a" } },
    }),
  "a time of a jobBody": (text) =>
    jobRequestSchema.safeParse({ startUrl: "https://a/", consent, when: { kind: "at", localTime: text, zone: text } }),
  "a schedule": (text) =>
    scheduleRequestSchema.safeParse({
      startUrl: "https://a/",
      consent,
      rule: { every: "day", localTime: text, zone: text },
      blackout: [{ days: ["mon"], from: text, to: text }],
    }),
  "a draft": (text) => draftSchema.safeParse({ startUrl: text, excludeUrls: [text], memo: text, when: { zone: text } }),
  "a draft to keep": (text) => storableDraft({ startUrl: text, excludeUrls: [text], memo: text }),
  "a page of a target": (text) => readLoginPage(text, "password"),
  "a body of a target": (text) => decodeBody(Buffer.from(text), `text/html; charset=${text}`, "", 1e9),
  "a mask of secrets": (text) => createMask([text, `${text}b`, text.slice(1)])(text),
  "spellings of a secret": spellings,
  "a name": isName,
  "a report": reportWith,
  ...Object.fromEntries(
    exportFormats.map((format) => [
      `a report as ${format}`,
      (text: string) => exportReport(reportFor(text), format, context),
    ]),
  ),
};

/** The reports that the exports share: parsing one has its own row in the table. */
const lastReports = new Map<string, Report>();
function reportFor(text: string): Report {
  const report = lastReports.get(text) ?? reportWith(text);
  lastReports.delete(text);
  lastReports.set(text, report);
  for (const oldest of lastReports.keys()) if (lastReports.size > 2 * unitsOfReports.length) lastReports.delete(oldest);
  return report;
}

/** CPU time of a run on this thread, in milliseconds; excludes waiting for other processes. */
function timeOf(run: () => unknown): number {
  const begin = process.threadCpuUsage();
  try {
    run();
  } catch {
    // A refusal is a valid result.
  }
  const { user, system } = process.threadCpuUsage(begin);
  return (user + system) / 1000;
}

/**
 * How much longer `factor` times the input takes; 0 for what is too fast to be judged. Both sizes are measured one after the
 * other, so that other load slows both; the least disturbed pair counts.
 */
function growthOf(runSmall: () => unknown, runLarge: () => unknown, runs = maxRuns): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run += 1) {
    const long = timeOf(runLarge);
    if (long < floorMs) return 0;
    // The faster of two: a single run may include the garbage collection of the long run.
    least = Math.min(least, long / Math.min(timeOf(runSmall), timeOf(runSmall)));
    if (least <= maxGrowth) return least;
  }
  return least;
}

const repeated = (unit: string, length: number): string =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length) + end;

describe("eight times the text takes about eight times the time, never its square", () => {
  it("in every parser, schema, formatter and export, for every repeated text", { timeout: 600_000 }, () => {
    const slow: string[] = [];
    expect(readers["a list of jobs"]?.("x")).toMatchObject({ records: [{}, {}] });
    for (const [name, read] of Object.entries(readers)) {
      const isOfReports = name.startsWith("a report");
      const length = isOfReports ? largeInReports : large;
      for (const unit of isOfReports ? unitsOfReports : units) {
        const [short, long] = [repeated(unit, length / factor), repeated(unit, length)];
        if (name.startsWith("a report as ")) [short, long].forEach(reportFor);
        const growth = growthOf(
          () => read(short),
          () => read(long),
        );
        if (growth > maxGrowth) slow.push(`${name} of ${JSON.stringify(unit)}: ${growth.toFixed(1)} times`);
      }
    }
    expect(slow).toEqual([]);
  });

  it("for lists of findings, exclusions, hosts, secrets and advice", { timeout: 600_000 }, () => {
    const many = <T>(count: number, make: (index: number) => T): T[] =>
      Array.from({ length: count }, (_, at) => make(at));
    const reportOfSize = (count: number): Report =>
      reportOf({
        Excluded_Url: many(count, (at) => `https://shop.example.com/x/${at}`),
        Scanned_Domain_List: many(count, (at) => `h${at}.example.com`),
        Details: { XSS: many(count, (at) => ({ ...row(`p${at}`), Url: `https://h${at % 9}.example.com/${at}` })) },
        Recommendation: { XSS: "advice ".repeat(count * 10) },
      });
    const works: Readonly<Record<string, (count: number) => () => unknown>> = {
      "reading a report": (count) => () => reportOfSize(count),
      "comparing reports": (count) => {
        const report = reportOfSize(count);
        const other = { ...report, findings: [] };
        return () => compareReports({ report, speed: null }, { report: other, speed: null });
      },
      "masking with secrets": (count) => {
        const secrets = many(count, (at) => `secret-value-${at}`);
        return () => createMask(secrets)("secret-value-".repeat(count));
      },
      "a report with sign-in data": (count) => {
        const parts = many(count, (at) => `k${at}=secret-value-${at}`);
        const rows = many(count, (at) => row(`${"secret-value-".repeat(9)}${at}`));
        const payload = { Login_Info: parts.join("; "), Details: { XSS: rows } };
        return () => readReport(payload, { job, zone: "Asia/Seoul", now });
      },
      ...Object.fromEntries(
        exportFormats.map((format) => [
          `a report as ${format}`,
          (count: number) => {
            const report = reportOfSize(count);
            return () => exportReport(report, format, context);
          },
        ]),
      ),
    };
    const slow = Object.entries(works).flatMap(([name, work]) => {
      const growth = growthOf(work(2_000 / factor), work(2_000));
      return growth > maxGrowth ? [`${name}: ${growth.toFixed(1)} times`] : [];
    });
    expect(slow).toEqual([]);
  });
});

describe("the measure itself", () => {
  it("detects quadratic growth and accepts linear growth", () => {
    // Backtracks within the engine: a loop of our own would run faster or slower by when the compiler gets to it.
    const square = (length: number) => () => / +$/.test(`${" ".repeat(length)}x`);
    expect(growthOf(square(large / factor), square(large), 3)).toBeGreaterThan(maxGrowth);
    const pass = (length: number) => () => /^\s*$/.test(" ".repeat(length * 500));
    expect(growthOf(pass(large / factor), pass(large))).toBeLessThanOrEqual(maxGrowth);
  });
});
