import { readFileSync } from "node:fs";
import { exportFormats, type Job, type Report } from "@wsc-dashboard/wsc-core";
import { readReport } from "@wsc-dashboard/wsc-core/upstream";
import fc from "fast-check";
import { Validator } from "jsonschema";
import { describe, expect, it } from "vitest";
import { withDigest } from "../src/reports/report-digest.ts";
import { exportReport } from "../src/reports/report-export.ts";
import { reportWorks } from "../src/reports/report-work.ts";
import { finishedJob } from "./finished-job.ts";

const sarifSchema = JSON.parse(readFileSync(new URL("./schemas/sarif-schema-2.1.0.json", import.meta.url), "utf8"));
const sarif = new Validator();
const sarifErrors = (document: unknown): string[] => sarif.validate(document, sarifSchema).errors.map(String);

const job = finishedJob({ instanceNo: "12345678901234567890" });

interface Row {
  readonly Risk?: string;
  readonly Url?: string;
  readonly Method?: string;
  readonly Parameter?: string;
  readonly Evidence?: string;
}

function reportOf(details: Readonly<Record<string, readonly Row[]>>, change: object = {}, of: Job = job): Report {
  const payload = { start_date: "2026/11/27 02:42:57", end_date: "2026/11/27 03:42:57", Details: details, ...change };
  const read = readReport(payload, { job: of, zone: "Asia/Seoul", now: new Date("2026-11-28T00:00:00Z") });
  if (read === null) throw new Error("no report");
  return withDigest(read);
}

const row = (change: Row = {}): Row => ({
  Risk: "High",
  Url: "https://shop.example.com/s",
  Method: "GET",
  Parameter: "q",
  Evidence: "x",
  ...change,
});

function write(report: Report, format: (typeof exportFormats)[number], zone = "Asia/Seoul") {
  const { fileName, content } = exportReport(report, format, { language: "en", zone, version: "0.0.0" });
  return { fileName, text: Buffer.from(content).toString("utf8") };
}
const dojo = (report: Report, zone?: string) => JSON.parse(write(report, "defectdojo", zone).text);
const sarifOf = (report: Report) => JSON.parse(write(report, "sarif").text);

/** Columns of DefectDojo 3.2.0, in characters: dojo/finding/models.py, dojo/test/models.py. */
const columns: Readonly<Record<string, number>> = {
  title: 511,
  unique_id_from_tool: 500,
  vuln_id_from_tool: 500,
  severity: 200,
};
/** Columns of an endpoint, as location (dojo/url/models.py) and classic (dojo/endpoint/models.py); the stricter of both. */
const endpointColumns = { whole: 2048, protocol: 10, host: 256, path: 500, query: 1000, fragment: 500 };
/** RFC 3986, appendix A, for http and https. */
const uri =
  /^https?:\/\/(?:\[[0-9a-f:.]+\]|(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})+)(?::\d+)?(?:\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*)?(?:\?(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?(?:#(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})*)?$/;

/** Why a URL does not fit DefectDojo's columns. */
function endpointFaults(endpoint: string): string[] {
  const { protocol, hostname, pathname, search, hash } = new URL(endpoint);
  const lengths = {
    whole: endpoint.length,
    protocol: protocol.length - 1,
    host: hostname.length,
    path: pathname.length,
    query: search.length - 1,
    fragment: hash.length - 1,
  };
  const tooLong = Object.entries(endpointColumns).flatMap(([name, limit]) =>
    lengths[name as keyof typeof lengths] > limit ? [`endpoint ${name} is too long`] : [],
  );
  const isWhole = [pathname, search.replaceAll("%00", ""), hash].every((part) => {
    try {
      return decodeURIComponent(part.replace(/%(?:25)/g, "")) !== null;
    } catch {
      return false;
    }
  });
  return [...tooLong, ...(uri.test(endpoint) ? [] : ["endpoint is no URI"]), ...(isWhole ? [] : ["cut escape"])];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => [name, ...stringsIn(part)]);
}

/** What DefectDojo would refuse or lose from a file. */
function dojoFaults(document: { name: string; findings: Record<string, string>[] }): string[] {
  const hashed = document.findings.map(({ title, description }) => `${title} ${description}`.toLowerCase());
  const ids = document.findings.map(({ unique_id_from_tool: id }) => id);
  const perFinding = document.findings.flatMap((finding) => [
    ...Object.entries(columns).flatMap(([name, limit]) =>
      [...(finding[name] ?? "")].length > limit ? [`${name} is too long`] : [],
    ),
    ...((finding.endpoints ?? []) as string[]).flatMap(endpointFaults),
    ...(/^\d{4}-\d{2}-\d{2}$/.test(finding.date ?? "") ? [] : ["date"]),
    ...((finding.title ?? "").trim() === "" ? ["title"] : []),
    // DefectDojo converts it to title case after cutting it.
    ...((finding.title ?? "").toUpperCase().length > 511 ? ["title in capitals is too long"] : []),
  ]);
  return [
    ...perFinding,
    ...(document.name.length > 255 ? ["test title is too long"] : []),
    ...(new Set(hashed).size < hashed.length ? ["two findings are duplicates"] : []),
    ...(new Set(ids).size < ids.length ? ["two findings have one id"] : []),
    ...(stringsIn(document).some((text) => text.includes("\0")) ? ["U+0000"] : []),
    ...(stringsIn(document).some((text) => !text.isWellFormed()) ? ["half a character"] : []),
  ];
}

const korean = "%EA%B2%8C%EC%8B%9C%ED%8C%90";

describe("the DefectDojo file", () => {
  it("fits the columns, with ids that are stable and differ between places", () => {
    const details = {
      XSS: [
        row({ Url: `https://shop.example.com/${`${korean}/`.repeat(20)}view.do` }),
        row({ Url: `https://shop.example.com/${`${korean}/`.repeat(20)}edit.do` }),
        row({ Url: `https://shop.example.com/?a=${"%00".repeat(800)}#${"f".repeat(900)}` }),
        row({ Parameter: "상세검색조건_".repeat(40) }),
        row({ Parameter: "상세검색조건_".repeat(41) }),
        row({ Parameter: "😀".repeat(400) }),
        row({
          Url: `https://${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.com/`,
        }),
      ],
      [`${"취약점 점검 항목 ".repeat(40)}`]: [row()],
      [`${"ﬁle ß ΐ ".repeat(80)}`]: [row()],
    };
    const document = dojo(reportOf(details));
    expect(dojoFaults(document)).toEqual([]);
    expect(dojo(reportOf(details))).toEqual(document);
    expect(document.findings).toHaveLength(9);
  });

  it("keeps the whole URL where no column limits it", () => {
    const url = `https://shop.example.com/?a=${"b".repeat(3000)}`;
    const [finding] = dojo(reportOf({ XSS: [row({ Url: url })] })).findings;
    expect(finding.endpoints).toEqual([`https://shop.example.com/?a=${"b".repeat(998)}`]);
    expect(finding.steps_to_reproduce).toContain(url);
  });

  it("contains no U+0000 and no lone surrogate, wherever the report has them", () => {
    for (const sign of ["\u0000", "\ud800", "\udc00"]) {
      const details = {
        [`X${sign}SS`]: [
          row({
            Parameter: `file${sign}.jpg`,
            Evidence: sign,
            Url: `https://shop.example.com/${sign}`,
            Method: `G${sign}`,
          }),
        ],
        LFI: [row({ Url: "https://shop.example.com/s?f=../../etc/passwd%00.png" })],
      };
      const report = reportOf(details, { Recommendation: { [`X${sign}SS`]: `fix ${sign}` }, Target_Info: sign });
      expect(dojoFaults(dojo(report))).toEqual([]);
      for (const format of exportFormats) {
        const { text } = write(report, format);
        expect(/\\ud[89a-f]/i.test(text.replaceAll("\\\\", ""))).toBe(false);
        expect(text.isWellFormed()).toBe(true);
      }
    }
  });

  it("distinguishes findings of one place, each with its own evidence", () => {
    const twins = [1, 2, 3].map((n) => row({ Url: `https://shop.example.com/s?q=${n}`, Evidence: `payload ${n}` }));
    const document = dojo(reportOf({ XSS: twins }));
    expect(dojoFaults(document)).toEqual([]);
    expect(
      document.findings.map(
        ({ steps_to_reproduce: steps }: Record<string, string>) => /payload \d/.exec(steps ?? "")?.[0],
      ),
    ).toEqual(["payload 1", "payload 2", "payload 3"]);
    const [alone] = dojo(reportOf({ XSS: twins.slice(0, 1) })).findings;
    expect(alone).toEqual(document.findings[0]);
  });

  it("gives a finding the same identity in a file of a selection", () => {
    const twins = [1, 2, 3].map((n) => row({ Evidence: `payload ${n}` }));
    const report = reportOf({ XSS: twins });
    const part = (format: "defectdojo" | "sarif", criteria: { numbers?: string }) => {
      const context = { language: "en", zone: "Asia/Seoul", version: "0.0.0" } as const;
      const bytes = Buffer.from(JSON.stringify(report));
      const { file } = reportWorks.export({ bytes, format, context, criteria, base: null, verdicts: [] });
      return JSON.parse(Buffer.from(file.content).toString("utf8"));
    };
    const [chosen] = part("defectdojo", { numbers: "H-02" }).findings;
    expect(chosen).toEqual(part("defectdojo", {}).findings[1]);
    const [result] = part("sarif", { numbers: "H-02" }).runs[0].results;
    expect(result.partialFingerprints).toEqual(part("sarif", {}).runs[0].results[1].partialFingerprints);
  });

  it("distinguishes findings that differ only in case, blanks, session id or in values outside the title", () => {
    const details = {
      XSS: [row({ Parameter: "q" }), row({ Parameter: "Q" }), row({ Parameter: "a b" }), row({ Parameter: "a\nb" })],
      xss: [row()],
      "": [row({ Parameter: "x".repeat(600) }), row({ Parameter: `${"x".repeat(600)}y` })],
    };
    expect(dojoFaults(dojo(reportOf(details)))).toEqual([]);
    const session = (id: string) =>
      dojo(reportOf({ XSS: [row({ Url: `https://shop.example.com/a;jsessionid=${id}` })] })).findings[0];
    expect(session("1").description).toBe(session("2").description);
  });

  it("dates a scan by its time zone", () => {
    const report = reportOf({ XSS: [row()] });
    expect(dojo(report).findings[0].date).toBe("2026-11-27");
    expect(dojo(report, "UTC").findings[0].date).toBe("2026-11-26");
    for (const format of exportFormats) expect(write(report, format).fileName).toContain("_20261127.");
  });

  it("is accepted for any report", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.string({
        unit: fc.constantFrom("%", "0", "\0", "\ud800", "\udc00", "가", "%EA%B2%8C", "`", "\n", " ", "?", "#", "&"),
        maxLength: 900,
      }),
    );
    const anyRow = fc.record({
      Risk: fc.constantFrom("High", "Low", "?"),
      Url: fc.oneof(
        text,
        text.map((rest) => `https://shop.example.com/${rest}`),
      ),
      Method: text,
      Parameter: text,
      Evidence: text,
    });
    fc.assert(
      fc.property(fc.dictionary(text, fc.array(anyRow, { minLength: 1, maxLength: 4 }), { maxKeys: 3 }), (details) => {
        const report = reportOf(details);
        expect(dojoFaults(dojo(report))).toEqual([]);
        expect(sarifErrors(sarifOf(report))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the SARIF file", () => {
  const queries = [
    "{{7*7}}",
    "a|id",
    "`id`",
    "a^b",
    "x[]=1",
    "a\\b",
    "100%",
    "%zz",
    "#{7*7}",
    "<svg>",
    '"x"',
    "a b",
    "한글",
    "%B0%A1",
    "#a#b",
  ];
  const paths = ["a|b", "a^b", "a[b]", "100%", "%zz", "a`b", "a{b}", "한글", "%B0%A1", 'a"b'];
  const urls = [
    ...queries.map((query) => `https://shop.example.com/s?q=${query}`),
    ...paths.map((path) => `https://shop.example.com/${path}`),
    "http://[::1]:8080/a[b]",
    "https://a{b}.example.com/",
  ];

  it("names each place by a URI of RFC 3986, with a readable form beside it", () => {
    const document = sarifOf(reportOf({ SSTI: urls.map((Url) => row({ Url })) }));
    expect(sarifErrors(document)).toEqual([]);
    const results = document.runs[0].results;
    expect(results).toHaveLength(urls.length);
    for (const { locations, properties } of results) {
      const written = locations[0].physicalLocation.artifactLocation.uri;
      expect([written, uri.test(written)]).toEqual([written, true]);
      expect(urls).toContain(properties.url);
    }
  });

  it("does not change a URL that is already a URI", () => {
    const url = "https://shop.example.com:8443/a/%EA%B2%8C;v=1/b?x=(1)&y=2#t:@/?";
    const [result] = sarifOf(reportOf({ XSS: [row({ Url: url })] })).runs[0].results;
    expect(result.locations[0].physicalLocation.artifactLocation.uri).toBe(url);
  });

  it("gives equal findings different fingerprints", () => {
    const twins = [1, 2, 3].map((n) => row({ Evidence: `payload ${n}` }));
    const prints = sarifOf(reportOf({ XSS: twins })).runs[0].results.map(
      (result: { partialFingerprints: Record<string, string> }) => result.partialFingerprints["wscFinding/v1"],
    );
    expect(new Set(prints).size).toBe(3);
  });

  it("has no level that marks a finding as no failure", () => {
    const results = sarifOf(
      reportOf({ XSS: ["High", "Medium", "Low", "?"].map((Risk) => row({ Risk, Parameter: Risk })) }),
    ).runs[0].results;
    expect(results.map(({ level }: { level: string }) => level)).toEqual(["error", "warning", "note", "warning"]);
  });
});

describe("the CSV file", () => {
  it("contains ids, parameters and evidence as text that no spreadsheet rewrites, and the time of the scan", () => {
    const texts = ["1e5", "3-4", "1/2", "00123", "MAR1", "12345678901234567"];
    const { text } = write(reportOf({ XSS: texts.map((part) => row({ Parameter: part, Evidence: part })) }), "csv");
    for (const part of texts) expect(text.split(`"'${part}"`)).toHaveLength(3);
    expect(text.split(`"'${job.instanceNo}"`)).toHaveLength(texts.length + 1);
    expect(text.split('"2026-11-27 03:42:57"')).toHaveLength(texts.length + 1);
    expect(text).toContain('"Finished (Asia/Seoul)"');
  });

  it("splits no character", () => {
    const { text } = write(reportOf({ XSS: [row({ Evidence: `a${"😀".repeat(20_000)}` })] }), "csv");
    expect(text).not.toContain("\ufffd");
  });
});
