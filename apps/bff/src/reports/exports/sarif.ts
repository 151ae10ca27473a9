import { createHash } from "node:crypto";
import {
  adviceFinder,
  cweOf,
  type Finding,
  type FindingChanges,
  type Language,
  type Report,
  redacted,
  ruleIdOf,
  type Severity,
  type VerdictView,
} from "@wsc-dashboard/wsc-core";
import { type ReportWords, reportWords } from "../words/report-words.ts";
import type { ExportContext } from "./export-context.ts";
import { type ExportedVerdicts, isSettled, noVerdicts } from "./exported-verdicts.ts";
import { type Occurrence, occurrencesOf } from "./occurrences.ts";
import { messageText, plainLine, storableText } from "./receiver-text.ts";
import { selectionText, verdictText } from "./selection-text.ts";
import { reportHostOf, webUriOf } from "./target-url.ts";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const languages: Readonly<Record<Language, string>> = { en: "en-US", ko: "ko-KR", ja: "ja-JP" };
/** A result without a risk level gets SARIF's default; "none" would mean that it is not a failure (section 3.27.10). */
const levels: Readonly<Record<Severity | "none", "error" | "warning" | "note">> = {
  high: "error",
  medium: "warning",
  low: "note",
  none: "warning",
};
/** Our mapping for tools that sort by score; the vendor has three levels and no score. */
const scores: Readonly<Record<Severity, string>> = { high: "8.0", medium: "5.0", low: "2.0" };

/** One rule per item with findings, in order of the first finding: the worst first. */
function rulesOf({ findings, recommendations }: Report): { id: string; [name: string]: unknown }[] {
  const firsts = new Map<string, Finding>();
  for (const finding of findings) {
    const id = ruleIdOf(finding.item);
    if (!firsts.has(id)) firsts.set(id, finding);
  }
  const adviceFor = adviceFinder(recommendations);
  return [...firsts].map(([id, { item, severity }]) => {
    const advice = adviceFor(item);
    const cwe = cweOf(item);
    return {
      id,
      name: item,
      shortDescription: { text: item },
      ...(advice === null ? {} : { help: { text: advice } }),
      defaultConfiguration: { level: levels[severity ?? "none"] },
      properties: {
        ...(severity === null ? {} : { "security-severity": scores[severity] }),
        tags: ["security", ...(cwe === null ? [] : [`external/cwe/cwe-${cwe}`])],
      },
    };
  });
}

/** SARIF 2.1.0 section 3.35: a settled finding is suppressed externally, i.e. not in the source code. */
function suppressionsOf(verdict: VerdictView | undefined, words: ReportWords) {
  if (!isSettled(verdict)) return verdict === undefined ? {} : { suppressions: [] };
  const { state, cause, reason, until, decidedBy } = verdict;
  const name = verdictText(state, cause, words);
  const end = until === null ? "" : words.bracketed(`${words.acceptedUntil}: ${until}`);
  const justification = plainLine(`${name}${end}${reason === null ? "" : `: ${reason}`}${words.bracketed(decidedBy)}`);
  return { suppressions: [{ kind: "external", status: "accepted", justification }] };
}

interface ResultParts {
  readonly ruleIndex: ReadonlyMap<string, number>;
  readonly words: ReportWords;
  readonly verdicts: ExportedVerdicts;
  /** Changes of the findings since the baseline; `null` unless known for every finding (section 3.14.5). */
  readonly changes: FindingChanges | null;
}

const baselineStates = { new: "new", remaining: "unchanged" } as const;

function resultOf({ finding, identity }: Occurrence, { ruleIndex, words, verdicts, changes }: ResultParts) {
  const { item, severity, method, url, parameter, evidence, number, otherFields } = finding;
  const uri = webUriOf(url);
  const verdict = verdicts.of(finding);
  const change = changes?.get(number);
  const ruleId = ruleIdOf(item);
  const where = [method, url].filter((part) => part !== null).join(" ");
  const text = [item, where, parameter === null ? "" : `${words.parameter}: ${parameter}`];
  const location = {
    ...(uri === null ? {} : { physicalLocation: { artifactLocation: { uri } } }),
    ...(parameter === null ? {} : { logicalLocations: [{ name: parameter, kind: "parameter" }] }),
  };
  return {
    ruleId,
    ruleIndex: ruleIndex.get(ruleId) ?? -1,
    level: levels[severity ?? "none"],
    message: { text: messageText(plainLine(text.filter((part) => part !== "").join(" · "))) || number },
    ...(Object.keys(location).length === 0 ? {} : { locations: [location] }),
    ...(uri === null ? {} : { webRequest: { target: uri, ...(method === null ? {} : { method }) } }),
    partialFingerprints: { "wscFinding/v1": identity },
    ...suppressionsOf(verdict, words),
    ...(change === undefined ? {} : { baselineState: baselineStates[change] }),
    properties: {
      ...{ number, severity, url, parameter, evidence, otherFields },
      ...(verdict === undefined
        ? {}
        : { verdict: verdict.state, verdictCause: verdict.cause, issueUrl: verdict.issueUrl }),
    },
  };
}

/** A GUID that is the same for a run in every file (in the form of RFC 9562 section 5.5). */
function runGuid(report: Report, instanceNo: string): string {
  const hash = createHash("sha256")
    .update(`wsc/${reportHostOf(report)}/${instanceNo}`)
    .digest("hex");
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `5${hash.slice(13, 16)}`,
    `a${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}

/**
 * Returns SARIF 2.1.0 with one run. The tool is the vendor's scanner, the converter this dashboard; risk levels become error,
 * warning and note.
 */
export function toSarif(
  report: Report,
  { language, version, selection, allFindings, verdicts = noVerdicts, baseline }: ExportContext,
): string {
  const { job, summary, times, scope, findings, sha256 } = report;
  const words = reportWords(language);
  const rules = rulesOf(report);
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const isCompared = baseline !== undefined && findings.every(({ number }) => baseline.changes.has(number));
  const changes = isCompared ? baseline.changes : null;
  const listed = selection?.total ?? findings.length;
  const notes = [
    ...(summary.total !== null && summary.total !== listed
      ? [{ level: "warning", message: { text: words.differs(listed, summary.total) } }]
      : []),
    ...(selection === undefined
      ? []
      : [{ level: "note", message: { text: messageText(selectionText(selection, words)) } }]),
  ];
  const invocation = {
    executionSuccessful: job.status.phase === "completed",
    ...(times.crawlStartedAt === null ? {} : { startTimeUtc: times.crawlStartedAt }),
    ...(times.scanEndedAt === null ? {} : { endTimeUtc: times.scanEndedAt }),
    ...(notes.length === 0 ? {} : { toolExecutionNotifications: notes }),
  };
  const run = {
    tool: {
      driver: {
        name: "NAVER Cloud Web Security Checker",
        organization: "NAVER Cloud",
        informationUri: "https://www.ncloud.com/product/security/webSecurityChecker",
        rules,
      },
    },
    conversion: { tool: { driver: { name: "WSC Dashboard", version } } },
    automationDetails: {
      id: `wsc/${encodeURIComponent(storableText(reportHostOf(report)))}/${job.instanceNo}`,
      guid: runGuid(report, job.instanceNo),
    },
    ...(changes === null || baseline === undefined ? {} : { baselineGuid: runGuid(report, baseline.instanceNo) }),
    invocations: [invocation],
    language: languages[language],
    columnKind: "utf16CodeUnits",
    redactionTokens: [redacted],
    properties: { summary, scope, sha256, ...(selection === undefined ? {} : { selection }) },
    results: occurrencesOf(findings, allFindings).map((one) => resultOf(one, { ruleIndex, words, verdicts, changes })),
  };
  const storable = (_key: string, value: unknown): unknown => (typeof value === "string" ? storableText(value) : value);
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, storable, 2)}\n`;
}
