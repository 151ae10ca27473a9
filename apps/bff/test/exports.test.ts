import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import {
  type Comparison,
  type ExportFormat,
  exportFormats,
  type FileAnswer,
  findingIdentity,
  type Job,
  type Language,
  languages,
  type Report,
  reportDocumentJsonSchema,
  type VerdictView,
} from "@wsc-dashboard/wsc-core";
import { readReport } from "@wsc-dashboard/wsc-core/upstream";
import Ajv2020 from "ajv/dist/2020.js";
import Ajv4 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { Parser } from "htmlparser2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportedVerdicts, type IdentifiedVerdict } from "../src/reports/exports/exported-verdicts.ts";
import { selectFindings } from "../src/reports/finding-selection.ts";
import { withDigest } from "../src/reports/report-digest.ts";
import { exportReport } from "../src/reports/report-export.ts";
import { type Stack, startStack } from "./start-bff.ts";

const fixtures = new URL("../../../packages/wsc-core/fixtures/", import.meta.url);
const fixture = (name: string) => JSON.parse(readFileSync(new URL(name, fixtures), "utf8"));
const payloads: readonly string[] = JSON.parse(
  readFileSync(new URL("../../../e2e/hostile-payloads.json", import.meta.url), "utf8"),
);
const now = new Date("2026-11-21T00:00:00Z");
const job: Job = {
  instanceNo: "12345678901234567890",
  startUrl: "https://www.example.com/",
  memo: "",
  status: { text: "Complete", phase: "completed", code: 4 },
  progress: 100,
  crawlCount: 10,
  findingCount: 1,
  startedAt: "2026-11-18T16:00:00.000Z",
  endedAt: "2026-11-18T18:42:57.000Z",
  capabilities: { report: true, cancel: false, stop: false, rescan: true, cause: false },
  reportExpiresAt: "2027-11-18T18:42:57.000Z",
};

function reportOf(payload: unknown): Report {
  const report = readReport(payload, { job, zone: "Asia/Seoul", now });
  if (report === null) throw new Error("no report");
  return withDigest(report);
}

const fixtureReports = ["bare", "wrapped", "no-findings", "unexpected-inner-shapes"].map((name): [string, Report] => {
  const body = fixture(`getReport.${name}.json`);
  return [name, reportOf(body.resources ?? body)];
});
const hostileReport = reportOf({
  ...fixture("getReport.bare.json"),
  Target_Info: payloads[0],
  Memo: payloads[1],
  User_Agent: payloads[2],
  Excluded_Url: payloads,
  Scanned_Domain_List: payloads,
  Vulnerability_Category: payloads,
  Classify_byRisk_Domain: Object.fromEntries(payloads.map((text) => [text, { Total: 1 }])),
  Details: payloads.flatMap((text) => [
    { Item: text, Risk: "High", Url: text, Method: text, Parameter: text, Evidence: text, [text]: text },
    {
      Item: "XSS",
      Risk: text,
      Url: `https://www.example.com/${encodeURIComponent(text.toWellFormed())}`,
      Evidence: text,
    },
  ]),
  Recommendation: Object.fromEntries(payloads.map((text) => [text, text])),
  New_Field: payloads,
});

const write = (report: Report, format: ExportFormat, language: (typeof languages)[number] = "en"): string =>
  Buffer.from(exportReport(report, format, { language, zone: "Asia/Seoul", version: "0.0.0" }).content).toString(
    "utf8",
  );

/** Parses CSV as RFC 4180 says. Throws for anything else. */
function readCsv(text: string): string[][] {
  if (!text.startsWith("\ufeff")) throw new Error("no byte order mark");
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /"((?:[^"]|"")*)"(,|\r\n)/y;
  cell.lastIndex = 1;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new Error(`no cell at ${at}`);
    row.push((match[1] ?? "").replaceAll('""', '"'));
    if (match[2] === "\r\n") {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

function readHtml(text: string): { elements: Element[]; texts: string[] } {
  const elements: Element[] = [];
  const texts: string[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => void elements.push({ name, attributes }),
    ontext: (part) => void texts.push(part),
  });
  parser.end(text);
  return { elements, texts };
}

const countIn: Readonly<Record<ExportFormat, (text: string) => number>> = {
  sarif: (text) => JSON.parse(text).runs[0].results.length,
  defectdojo: (text) => JSON.parse(text).findings.length,
  csv: (text) => readCsv(text).length - 1,
  json: (text) => JSON.parse(text).findings.length,
  html: (text) => readHtml(text).elements.filter(({ attributes }) => attributes.class?.startsWith("finding ")).length,
};

const require = createRequire(import.meta.url);
const sarifSchema = JSON.parse(
  readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"),
);
const ajv4 = new Ajv4({ strict: false, unicodeRegExp: false });
addFormats(ajv4);
const isSarif = ajv4.compile(sarifSchema);
const ajv2020 = new Ajv2020({ strict: false });
addFormats(ajv2020);
const isDocument = ajv2020.compile(reportDocumentJsonSchema());

/** DefectDojo refuses a file with an unknown key. */
const dojoKeys = new Set(
  "title severity description date mitigation references cwe endpoints param payload steps_to_reproduce unique_id_from_tool vuln_id_from_tool dynamic_finding static_finding active verified false_p risk_accepted is_mitigated mitigated nb_occurences tags".split(
    " ",
  ),
);

const reports: readonly (readonly [string, Report])[] = [...fixtureReports, ["of hostile payloads", hostileReport]];

describe.each(reports)("the report %s", (_, report) => {
  it("has the same findings in all five formats", () => {
    for (const format of exportFormats)
      expect([format, countIn[format](write(report, format))]).toEqual([format, report.findings.length]);
  });

  it("states in JSON, SARIF and HTML a digest that can be recomputed from its JSON", () => {
    const text = write(report, "json");
    const { schemaVersion, job: _, expiresAt, asOf, sha256, ...content } = JSON.parse(text);
    expect(sha256).toBe(createHash("sha256").update(JSON.stringify(content)).digest("hex"));
    expect(JSON.parse(write(report, "sarif")).runs[0].properties.sha256).toBe(sha256);
    expect(readHtml(write(report, "html")).texts.join("")).toContain(sha256);
  });

  it("is valid SARIF 2.1.0", () => {
    isSarif(JSON.parse(write(report, "sarif")));
    expect(isSarif.errors).toBeNull();
  });

  it("is JSON valid by the published schema", () => {
    isDocument(JSON.parse(write(report, "json")));
    expect(isDocument.errors).toBeNull();
  });

  it("is accepted by DefectDojo's rules", () => {
    const document = JSON.parse(write(report, "defectdojo"));
    for (const finding of document.findings) {
      expect(Object.keys(finding).filter((key) => !dojoKeys.has(key))).toEqual([]);
      expect(["High", "Medium", "Low", "Info"]).toContain(finding.severity);
      expect(finding.date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(finding.title).not.toBe("");
      for (const endpoint of finding.endpoints ?? []) expect(endpoint).toMatch(/^https?:\/\//);
    }
  });

  it.each(languages)("is an HTML file without active content, in %s", (language) => {
    const { elements } = readHtml(write(report, "html", language));
    const names = new Set(elements.map(({ name }) => name));
    const ours =
      "html head meta title style body main h1 h2 h3 h4 dl dt dd ul li b bdi p table thead tbody tr th td section span code pre svg defs pattern rect";
    expect([...names].filter((name) => !ours.split(" ").includes(name))).toEqual([]);
    const attributes = new Set(elements.flatMap((element) => Object.keys(element.attributes)));
    expect([...attributes].sort()).toEqual(expect.arrayContaining(["charset", "content", "lang"]));
    for (const name of attributes)
      expect(
        "lang charset http-equiv content name class id scope aria-hidden width height x patternunits patterntransform".split(
          " ",
        ),
      ).toContain(name);
    expect(
      elements.find(({ attributes: { "http-equiv": name } }) => name === "Content-Security-Policy")?.attributes.content,
    ).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]+'; base-uri 'none'; form-action 'none'$/);
    expect(elements[0]?.attributes.lang).toBe(language);
  });

  it.each(languages)("is CSV without a formula, in %s", (language) => {
    const rows = readCsv(write(report, "csv", language));
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([19]));
    const formulas = rows.flat().filter((cell) => /^[\s\p{C}\p{Z}\ufffd]*[=+\-@＝＋－＠]|^[\t\r]/u.test(cell));
    expect(formulas).toEqual([]);
  });

  it("has a file name that every system takes", () => {
    for (const format of exportFormats) {
      const { fileName } = exportReport(report, format, { language: "en", zone: "Asia/Seoul", version: "0.0.0" });
      expect(fileName).toMatch(
        /^wsc_[A-Za-z0-9.-]+_12345678901234567890_20261119\.(sarif|defectdojo\.json|csv|json|html)$/,
      );
    }
  });
});

describe("hostile text", () => {
  it("is at least 200 payloads, each different", () => {
    expect(new Set(payloads).size).toBe(payloads.length);
    expect(payloads.length).toBeGreaterThanOrEqual(200);
  });

  it("is shown unchanged in HTML, except for invisible characters", () => {
    const shown = readHtml(write(hostileReport, "html")).texts.join("");
    for (const text of [
      "<script>alert(1)</script>",
      '<img src=x onerror="alert(1)">',
      "&lt;script&gt;alert(1)&lt;/script&gt;",
    ]) {
      expect(shown).toContain(text);
    }
    for (const sign of ["\u202e", "\u2066", "\u0000"]) expect(shown).not.toContain(sign);
  });

  it("makes no link in a SARIF message", () => {
    const link = "[log in](https://attacker.example/)";
    const whole = reportOf({ ...fixture("getReport.bare.json"), Details: { [link]: [{ Parameter: `a[0]${link}` }] } });
    const { report, selection } = selectFindings(whole, { item: link }, undefined);
    const options = { language: "en", zone: "Asia/Seoul", version: "0.0.0", selection } as const;
    const sarif = Buffer.from(exportReport(report, "sarif", options).content).toString();
    const { results, invocations } = JSON.parse(sarif).runs[0];
    const messages = [results[0], invocations[0].toolExecutionNotifications.at(-1)].map(({ message }) => message.text);
    for (const text of messages) expect(text).toContain("\\[log in\\](https://attacker.example/)");
    expect(messages[0]).toContain("a\\[0\\]");
  });

  it("keeps every cell under a spreadsheet's limit and marks truncation", () => {
    const long = reportOf({ ...fixture("getReport.bare.json"), Details: { XSS: [{ Evidence: "x".repeat(40_000) }] } });
    const cells = readCsv(write(long, "csv")).flat();
    expect(Math.max(...cells.map(({ length }) => length))).toBeLessThan(32_767);
    expect(cells.some((cell) => cell.endsWith("[cut: 32000 of 40000 characters]"))).toBe(true);
  });
});

describe("the vendor's total and the findings that are described", () => {
  const [, report] = fixtureReports[3] ?? ["", hostileReport];

  it("are both shown when they differ", () => {
    expect(report.summary.total).not.toBe(report.findings.length);
    expect(JSON.parse(write(report, "sarif")).runs[0].invocations[0].toolExecutionNotifications).toMatchObject([
      { level: "warning" },
    ]);
    expect(JSON.parse(write(report, "json")).summary.total).toBe(7);
    expect(write(report, "html")).toContain("NAVER Cloud counts 7 findings but describes 1.");
  });
});

describe("a file of the findings that a filter accepts", () => {
  const [, whole] = fixtureReports[0] ?? ["", hostileReport];
  const [first] = whole.findings;
  const query = { item: first?.item ?? "", sev: first?.severity ?? "high" };
  const { report, selection } = selectFindings(whole, query, undefined);
  const partOf = (format: ExportFormat, language: Language = "en"): FileAnswer =>
    exportReport(report, format, { language, zone: "Asia/Seoul", version: "0.0.0", selection });
  const textOf = (format: ExportFormat, language?: Language) =>
    Buffer.from(partOf(format, language).content).toString();
  const shown = whole.findings.filter(({ item, severity }) => item === query.item && severity === query.sev).length;

  it("contains only these findings, in every format", () => {
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(whole.findings.length);
    for (const format of exportFormats) expect([format, countIn[format](textOf(format))]).toEqual([format, shown]);
  });

  it("states the total and the filter, in every format and language", () => {
    for (const format of exportFormats) {
      for (const language of languages) {
        const text = textOf(format, language);
        for (const said of [String(shown), String(whole.findings.length), query.item]) {
          expect(text, `${format} ${language}`).toContain(said);
        }
      }
    }
    expect(readCsv(textOf("csv")).at(1)?.slice(-3, -1)).toEqual([String(shown), String(whole.findings.length)]);
    expect(JSON.parse(textOf("json")).selection).toEqual({
      shown,
      total: whole.findings.length,
      filter: { severities: [query.sev], item: query.item },
    });
    expect(JSON.parse(textOf("defectdojo")).description).toContain(`${shown} of the ${whole.findings.length} findings`);
  });

  it("has a file name that tells a filtered export from a whole one", () => {
    expect(partOf("csv").fileName).toMatch(new RegExp(`_${shown}-of-${whole.findings.length}\\.csv$`));
  });

  it("is valid SARIF and valid by the published schema, with the digest of the whole report", () => {
    expect(isSarif(JSON.parse(textOf("sarif"))), JSON.stringify(isSarif.errors)).toBe(true);
    expect(isDocument(JSON.parse(textOf("json"))), JSON.stringify(isDocument.errors)).toBe(true);
    expect(JSON.parse(textOf("json")).sha256).toBe(whole.sha256);
  });

  it("mentions no filter when none was used", () => {
    expect(selectFindings(whole, {}, undefined)).toEqual({ report: whole, selection: undefined });
    for (const format of exportFormats)
      expect(write(whole, format), format).not.toMatch(/"selection"|Filter[:"]|of the \d+ findings/);
  });
});

describe("a file of a report with decided findings", () => {
  const decide = (fingerprint: string, change: Partial<VerdictView>): IdentifiedVerdict => ({
    ...{ id: "0".repeat(64), host: "www.example.com", fingerprint, identity: findingIdentity(fingerprint) },
    ...{ state: "open", cause: null, verdict: "open", reason: null, owner: null, due: null, until: null, endsAt: null },
    ...{ issueUrl: null, decidedAt: "2026-11-20T00:00:00.000Z", decidedBy: "kim", seen: null, absent: null },
    ...{ severity: null, notes: 0, updatedAt: "2026-11-20T00:00:00.000Z", version: 1 },
    ...change,
  });
  const whole = reportOf({
    ...fixture("getReport.bare.json"),
    Details: ["a", "b", "c", "d", "e", "f"].map((path) => ({
      ...{ Item: "XSS", Risk: "High", Url: `https://www.example.com/${path}`, Method: "GET", Parameter: "q" },
    })),
  });
  const [a, b, c, d, e] = whole.findings.map(({ fingerprint }) => fingerprint) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const kept = (reason: string): IdentifiedVerdict[] => [
    decide(a, { state: "false-positive", reason }),
    decide(b, { state: "risk-accepted", reason, until: "2027-01-31" }),
    decide(c, { state: "fixed", cause: "waiting" }),
    decide(d, { state: "in-work", owner: reason.replaceAll(/\s/g, " ").slice(0, 100), due: "2026-12-01" }),
    decide(e, { state: "open", cause: "came-back", verdict: "fixed", issueUrl: "https://issues.example.com/1" }),
  ];
  const told = (format: ExportFormat, reason = "Known.", of = whole): string => {
    const context = { language: "en", zone: "Asia/Seoul", version: "0.0.0" } as const;
    return Buffer.from(
      exportReport(of, format, { ...context, verdicts: exportedVerdicts(kept(reason)) }).content,
    ).toString();
  };

  it("suppresses in SARIF what is settled, and nothing else", () => {
    const document = JSON.parse(told("sarif"));
    expect(isSarif(document), JSON.stringify(isSarif.errors)).toBe(true);
    const { results } = document.runs[0];
    expect(results.map((one: { suppressions?: { justification: string }[] }) => one.suppressions)).toEqual([
      [{ kind: "external", status: "accepted", justification: "False positive: Known. (kim)" }],
      [
        {
          kind: "external",
          status: "accepted",
          justification: "Risk accepted (Accepted until: 2027-01-31): Known. (kim)",
        },
      ],
      [{ kind: "external", status: "accepted", justification: "Fixed · Waiting for the next scan (kim)" }],
      [],
      [],
      undefined,
    ]);
  });

  it("tells DefectDojo what is active, verified, false, accepted and mitigated", () => {
    const { findings } = JSON.parse(told("defectdojo"));
    const flags = findings.map((one: Record<string, boolean>) =>
      ["active", "verified", "false_p", "risk_accepted", "is_mitigated"].filter((name) => one[name]),
    );
    expect(flags).toEqual([
      ["false_p"],
      ["verified", "risk_accepted"],
      ["is_mitigated"],
      ["active", "verified"],
      ["active"],
      ["active"],
    ]);
    expect(findings.map((one: { mitigated?: string }) => one.mitigated).filter(Boolean)).toEqual([
      "2026-11-20T00:00:00.000Z",
    ]);
    for (const one of findings) expect(Object.keys(one).filter((key) => !dojoKeys.has(key))).toEqual([]);
  });

  it("has columns in CSV, a field in JSON beside the digest, and lines in HTML", () => {
    const [head = [], ...rows] = readCsv(told("csv"));
    const at = head.indexOf("Verdict");
    expect(rows.filter(({ length }) => length > 1).map((row) => row.slice(at, at + 7))).toEqual([
      ["False positive", "Known.", "", "", "", "", "kim"],
      ["Risk accepted", "Known.", "", "", "2027-01-31", "", "kim"],
      ["Fixed · Waiting for the next scan", "", "", "", "", "", "kim"],
      ["In work", "", "Known.", "2026-12-01", "", "", "kim"],
      ["Open · Came back", "", "", "", "", "https://issues.example.com/1", "kim"],
      ["Open", "", "", "", "", "", ""],
    ]);
    const document = JSON.parse(told("json"));
    expect(isDocument(document), JSON.stringify(isDocument.errors)).toBe(true);
    expect(Object.values(document.verdicts)).toHaveLength(5);
    expect(document.sha256).toBe(whole.sha256);
    expect(told("html")).toContain("<dt>Accepted until</dt><dd><bdi>2027-01-31</bdi></dd>");
  });

  it("keeps hostile reasons text in every format", () => {
    for (const reason of [...payloads, "=cmd|' /C calc'!A0", "\t=1+1", "\u202egpj.exe"].map((text) =>
      text.replaceAll("\0", ""),
    )) {
      const document = JSON.parse(told("sarif", reason));
      expect(isSarif(document), reason).toBe(true);
      const cells = readCsv(told("csv", reason)).flat();
      for (const cell of cells)
        expect(/^[\s\p{C}\p{Z}]*[=+\-@]/u.test(cell) && !cell.startsWith("'"), reason).toBe(false);
      const { elements } = readHtml(told("html", reason));
      expect(elements.filter(({ name }) => ["script", "img", "a", "iframe", "svg:script"].includes(name))).toEqual([]);
      expect(JSON.parse(told("json", reason)).verdicts[a].reason).toBe(reason);
    }
  });

  it("can leave out what is settled, and says so with the total", () => {
    const { stateOf } = exportedVerdicts(kept("Known."));
    const part = selectFindings(whole, { decided: "without" }, undefined, stateOf);
    expect(part.selection).toEqual({ shown: 3, total: 6, filter: { decided: "without" } });
    const context = { language: "en", zone: "Asia/Seoul", version: "0.0.0", selection: part.selection } as const;
    const dojo = JSON.parse(Buffer.from(exportReport(part.report, "defectdojo", context).content).toString());
    expect(dojo.description).toContain("3 of the 6 findings");
    expect(dojo.description).toContain("without settled findings");
    expect(selectFindings(whole, { verdict: "fixed" }, undefined, stateOf).selection?.shown).toBe(1);
    expect(selectFindings(whole, { decided: "with" }, undefined, stateOf).selection).toBeUndefined();
  });

  it("tells SARIF what is new against the run before, only when that is known of every finding", () => {
    const changes = new Map(
      whole.findings.map(({ number }, index) => [number, index === 0 ? "new" : "remaining"] as const),
    );
    const context = { language: "en", zone: "Asia/Seoul", version: "0.0.0" } as const;
    const write = (known: typeof changes) => {
      const baseline = { instanceNo: "7", changes: known };
      return JSON.parse(Buffer.from(exportReport(whole, "sarif", { ...context, baseline }).content).toString());
    };
    const document = write(changes);
    expect(isSarif(document), JSON.stringify(isSarif.errors)).toBe(true);
    const [run] = document.runs;
    expect(run.results.map((one: { baselineState: string }) => one.baselineState)).toEqual([
      "new",
      ...Array(5).fill("unchanged"),
    ]);
    expect(run.baselineGuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(run.baselineGuid).not.toBe(run.automationDetails.guid);
    changes.delete(whole.findings[3]?.number ?? "");
    expect(JSON.stringify(write(changes))).not.toMatch(/baseline/);
  });
});

describe("GET /api/jobs/:instanceNo/report/export", () => {
  let clock = Date.now();
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({
      seed: true,
      now: () => clock,
      bffNow: () => clock,
      environment: { WSC_LIST_POLL_MS: "60000" },
    });
  });
  afterAll(() => stack.close());
  const jobs = async (): Promise<Job[]> => (await stack.ask("GET", "/api/jobs?limit=100")).json.jobs;
  const save = (id: string, query: string, persona = "viewer") =>
    stack.ask("GET", `/api/jobs/${id}/report/export?${query}`, { persona });
  const entries = async () =>
    (await stack.database.db.selectFrom("audit").select("entry").execute()).map(({ entry }) => JSON.parse(entry));

  it("has equal counts in all formats and valid SARIF for a report of every target of the emulator", async () => {
    const all = (await jobs()).filter(({ capabilities }) => capabilities.report);
    const readable = [...new Map(all.map((one) => [one.startUrl, one])).values()];
    expect(readable.length).toBeGreaterThan(5);
    const sizes: number[] = [];
    for (const { instanceNo } of readable) {
      const { json } = await stack.ask("GET", `/api/jobs/${instanceNo}/report`);
      const counts: number[] = [];
      // Sequential: the number of concurrent exports per person is limited.
      for (const format of exportFormats) {
        const { status, text } = await save(instanceNo, `format=${format}`);
        expect(status).toBe(200);
        if (format === "sarif") expect(isSarif(JSON.parse(text)), JSON.stringify(isSarif.errors)).toBe(true);
        counts.push(countIn[format](text));
      }
      expect(new Set(counts)).toEqual(new Set([json.findings.length]));
      sizes.push(json.findings.length);
    }
    expect(Math.max(...sizes)).toBe(2000);
  });

  it("is a download that cannot be sniffed, framed or cached, and is recorded in the audit log", async () => {
    const id = (await jobs()).find(({ capabilities }) => capabilities.report)?.instanceNo ?? "";
    const { headers } = await save(id, "format=html&lang=ko");
    expect(headers["content-disposition"]).toMatch(/^attachment; filename="wsc_[A-Za-z0-9._-]+\.html"$/);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "content-security-policy": expect.stringContaining("sandbox"),
    });
    expect((await entries()).at(-1)).toMatchObject({
      actor: "dev:viewer",
      action: "report.export",
      object: `job/${id}/report`,
      result: "done",
      details: { format: "html" },
    });
  });

  it("contains what the filter accepts, in the reader's time zone, and is recorded as filtered in the audit log", async () => {
    const readable = (await jobs()).filter(
      ({ capabilities, findingCount }) => capabilities.report && (findingCount ?? 0) > 100,
    );
    const id = readable[0]?.instanceNo ?? "";
    const { json } = await stack.ask("GET", `/api/jobs/${id}/report`);
    const high = json.findings.filter(({ severity }: { severity: string }) => severity === "high").length;
    expect(high).toBeGreaterThan(0);
    const inSeoul = await save(id, "format=csv&sev=high&q=e&zone=Asia/Seoul");
    const inUtc = await save(id, "format=csv&sev=high&q=e&zone=UTC");
    expect(readCsv(inSeoul.text).length - 1).toBe(high);
    expect(readCsv(inSeoul.text)[0]).toContain("Finished (Asia/Seoul)");
    expect(readCsv(inUtc.text)[0]).toContain("Finished (UTC)");
    expect(readCsv(inUtc.text)[1]).not.toEqual(readCsv(inSeoul.text)[1]);
    expect((await entries()).at(-1)).toMatchObject({
      action: "report.export",
      details: { format: "csv", findings: high, total: json.findings.length, filter: "severities,text" },
    });
    expect(JSON.stringify((await entries()).at(-1))).not.toContain('"q"');
  });

  it("counts changes since the previous or the given job, and refuses jobs that cannot be compared", async () => {
    const readable = (await jobs()).filter(({ capabilities }) => capabilities.report);
    const byTarget = Map.groupBy(readable, ({ startUrl }) => startUrl);
    const [head, base] = [...byTarget.values()].find(({ length }) => length > 1) ?? [];
    if (head === undefined || base === undefined) throw new Error("no target with two reports");
    const other = readable.find(({ startUrl }) => new URL(startUrl).host !== new URL(head.startUrl).host);
    const { json } = await stack.ask("GET", `/api/compare?base=${base.instanceNo}&head=${head.instanceNo}`);
    for (const change of ["new", "remaining"]) {
      const numbers = json[change].flatMap(({ numbers: { head: found } }: Comparison["new"][number]) => found);
      const { text } = await save(head.instanceNo, `format=json&change=${change}&base=${base.instanceNo}`);
      const written = JSON.parse(text).findings.map(({ number }: { number: string }) => number);
      expect(written.sort(), change).toEqual(numbers.sort());
    }
    for (const wrong of [head.instanceNo, other?.instanceNo]) {
      const { status, json: problem } = await save(head.instanceNo, `format=csv&change=new&base=${wrong}`);
      expect([status, problem.errors[0].pointer]).toEqual([422, "/base"]);
    }
  });

  it.each([
    "",
    "format=pdf",
    "format=csv&lang=fr",
    "format=csv&x=1",
    "format=csv&format=html",
    "format=csv&sev=critical",
    "format=csv&sev=high,high,high,high",
    "format=csv&change=fixed",
    "format=csv&numbers=H1",
    "format=csv&zone=Mars/Olympus",
    `format=csv&q=${"x".repeat(201)}`,
    `format=csv&numbers=${Array(401).fill("H-01").join(",")}`,
  ])("refuses %j", async (query) => {
    expect((await save("1", query)).status).toBe(400);
  });

  it("exports nothing when the audit log cannot be written", async () => {
    const id = (await jobs()).find(({ capabilities }) => capabilities.report)?.instanceNo ?? "";
    const head = await stack.database.db.selectFrom("audit_head").selectAll().executeTakeFirstOrThrow();
    await stack.database.db.deleteFrom("audit_head").execute();
    try {
      for (const format of exportFormats) {
        expect(await save(id, `format=${format}`)).toMatchObject({ status: 503, json: { code: "STORE_UNAVAILABLE" } });
      }
    } finally {
      await stack.database.db.insertInto("audit_head").values(head).execute();
    }
  });

  it.each(exportFormats)("contains no sign-in data: %s", async (format) => {
    const canary = "export-canary-8c1f52";
    const [id = ""] = stack.emulator.control.addJobs([
      {
        startUrl: "https://canary.example.com/",
        status: 4,
        headers: { Cookie: `SID=${canary}` },
        findings: [
          {
            item: "XSS",
            risk: "High",
            url: `https://canary.example.com/?s=${canary}`,
            method: "GET",
            parameter: "s",
            evidence: `Cookie: SID=${canary}\n${canary}`,
          },
        ],
      },
    ]);
    clock += 61_000;
    const { status, text } = await save(id, `format=${format}`);
    expect(status).toBe(200);
    expect(text).not.toContain(canary);
  });

  it("is refused with 160701 from the exact instant, in every format, although it is cached", async () => {
    const [id = ""] = stack.emulator.control.addJobs([
      {
        startUrl: "https://year.example.com/",
        status: 4,
        startedAt: new Date(clock - 7_200_000).toISOString(),
        endedAt: new Date(clock - 3_600_000).toISOString(),
      },
    ]);
    clock += 61_000;
    const { json } = await stack.ask("GET", `/api/jobs/${id}/report`);
    const before = clock;
    clock = Date.parse(json.expiresAt) - 1;
    for (const format of exportFormats) expect((await save(id, `format=${format}`)).status).toBe(200);
    const written = (await entries()).length;
    clock += 1;
    const expired = { status: 410, json: { code: "160701", expiredAt: json.expiresAt } };
    for (const format of exportFormats) expect(await save(id, `format=${format}`)).toMatchObject(expired);
    expect(await stack.ask("GET", `/api/jobs/${id}/report/predecessor`)).toMatchObject(expired);
    expect((await entries()).length).toBe(written);
    clock = before;
  });
});

describe("the digest of a report", () => {
  const payload = { ...fixture("getReport.bare.json"), Details: { XSS: [{ Evidence: "a", 2: "b", 1: "c" }] } };
  const digestOf = (wire: object, at = now) => {
    const report = readReport(wire, { job: { ...job, progress: 99 }, zone: "Asia/Seoul", now: at });
    return report === null ? null : withDigest(report).sha256;
  };

  it("is the same at any time and for any state of its job", () => {
    expect(digestOf(payload, new Date("2027-01-01T00:00:00Z"))).toBe(reportOf(payload).sha256);
  });

  it.each([
    ["evidence", { Details: { XSS: [{ Evidence: "a ", 2: "b", 1: "c" }] } }],
    ["a field nobody knows", { Extra_Field: "" }],
    ["a count", { Classify_byRisk_Level: { High: 999 } }],
    ["the memo", { Memo: "another" }],
  ])("is another when %s is", (_, change) => {
    expect(digestOf({ ...payload, ...change })).not.toBe(digestOf(payload));
  });
});
