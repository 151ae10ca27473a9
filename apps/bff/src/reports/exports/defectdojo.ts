import { createHash } from "node:crypto";
import {
  adviceFinder,
  codeBlock,
  codeSpan,
  cweOf,
  isOpenVerdict,
  placeOf,
  type Report,
  ruleIdOf,
  type Severity,
  type VerdictView,
} from "@wsc-dashboard/wsc-core";
import { reportWords } from "../words/report-words.ts";
import type { ExportContext } from "./export-context.ts";
import { noVerdicts } from "./exported-verdicts.ts";
import { type Occurrence, occurrencesOf } from "./occurrences.ts";
import { beginningOf, fittingId, maxRepeatedLength, plainLine, shortened, storableText } from "./receiver-text.ts";
import { selectionText } from "./selection-text.ts";
import { reportHostOf, uriOf, uriPartsOf } from "./target-url.ts";
import { writtenTime } from "./written-time.ts";

const severityWords: Readonly<Record<Severity | "none", string>> = {
  high: "High",
  medium: "Medium",
  low: "Low",
  none: "Info",
};

/**
 * Column sizes of DefectDojo (3.2.0: dojo/finding/models.py, dojo/test/models.py, dojo/url/models.py and dojo/endpoint/models.py,
 * the stricter of both endpoint models). Longer text aborts the import or is truncated silently.
 */
export const dojoLimits = {
  title: 511,
  id: 500,
  testTitle: 255,
  host: 256,
  path: 500,
  query: 1000,
  fragment: 500,
  url: 2048,
} as const;

/**
 * Title and description of a finding. DefectDojo deduplicates by a case-insensitive hash over both, and cuts the title, so the
 * description contains a hash of the fingerprint. Neither contains a date, job or payload, so that they are equal in every run.
 * DefectDojo renders long texts as Markdown, so report text is formatted as code.
 */
function describe({ finding, ordinal, identity }: Occurrence): { title: string; description: string } {
  const { item, method, url, parameter } = finding;
  const where = [method ?? "", placeOf(url)].filter((part) => part !== "").join(" ");
  const suffix = ordinal === 1 ? "" : ` (${ordinal})`;
  const title = plainLine([item, where, parameter ?? ""].filter((part) => part !== "").join(" · "));
  const lines = [
    `Item: ${codeSpan(item)}`,
    `Place: ${codeSpan(where)}`,
    `Parameter: ${codeSpan(parameter ?? "")}`,
    ...(ordinal === 1 ? [] : [`Occurrence: ${ordinal}`]),
    `Fingerprint: ${createHash("sha256").update(identity).digest("hex")}`,
  ];
  return {
    title: `${fittingTitle(title, dojoLimits.title - suffix.length) || "Unnamed finding"}${suffix}`,
    description: lines.join("\n\n"),
  };
}

/** How much a text may grow when DefectDojo changes its case after cutting the title ("ﬁ" becomes "FI"). */
function growthOf(text: string): number {
  let growth = 0;
  for (const sign of text) growth += Math.max(sign.toUpperCase().length, sign.toLowerCase().length) - sign.length;
  return growth;
}

function fittingTitle(text: string, limit: number): string {
  const title = beginningOf(text, limit);
  return beginningOf(title, limit - growthOf(title));
}

/** The URL as an endpoint within the limits; the whole URL is in the steps to reproduce. `null` unless it is a web URL. */
function endpointOf(url: string | null): string | null {
  const parts = uriPartsOf(url);
  if (parts === null || parts.host.length > dojoLimits.host) return null;
  const cut = {
    ...parts,
    path: beginningOf(parts.path, dojoLimits.path),
    query: beginningOf(parts.query, dojoLimits.query),
    fragment: beginningOf(parts.fragment, dojoLimits.fragment),
  };
  const whole = uriOf(cut);
  return whole.length <= dojoLimits.url ? whole : uriOf({ ...cut, fragment: "" });
}

/** Maps a verdict to DefectDojo's flags. Accepted risk and work in progress mean that somebody reviewed the finding: verified. */
function statusOf(verdict: VerdictView | undefined) {
  const state = verdict?.state ?? "open";
  return {
    active: isOpenVerdict(state),
    verified: state === "in-work" || state === "risk-accepted",
    false_p: state === "false-positive",
    risk_accepted: state === "risk-accepted",
    is_mitigated: state === "fixed",
    ...(state === "fixed" && verdict !== undefined ? { mitigated: verdict.decidedAt } : {}),
  };
}

function findingOf(occurrence: Occurrence, date: string, mitigation: string, verdict: VerdictView | undefined) {
  const { item, severity, url, parameter, evidence, otherFields } = occurrence.finding;
  const cwe = cweOf(item);
  const endpoint = endpointOf(url);
  const seen = [url ?? "", evidence ?? "", ...otherFields.map(({ name, value }) => `${name}: ${value}`)];
  return {
    ...describe(occurrence),
    severity: severityWords[severity ?? "none"],
    date,
    mitigation,
    steps_to_reproduce: codeBlock(seen.filter((text) => text !== "").join("\n\n")),
    ...(parameter === null ? {} : { param: storableText(parameter) }),
    ...(cwe === null ? {} : { cwe }),
    ...(endpoint === null ? {} : { endpoints: [endpoint] }),
    unique_id_from_tool: fittingId(occurrence.identity, dojoLimits.id),
    vuln_id_from_tool: fittingId(ruleIdOf(item), dojoLimits.id),
    dynamic_finding: true,
    static_finding: false,
    ...statusOf(verdict),
    nb_occurences: 1,
    tags: ["web-security-checker"],
  };
}

/** Returns JSON for DefectDojo's "Generic Findings Import", which rejects findings with unknown keys. */
export function toDefectDojo(
  report: Report,
  { zone, selection, allFindings, verdicts = noVerdicts }: ExportContext,
): string {
  const end = report.reportDate ?? report.job.endedAt ?? report.asOf;
  // A date without time; DefectDojo computes the SLA from it.
  const day = writtenTime(end, zone).slice(0, 10);
  const adviceFor = adviceFinder(report.recommendations);
  const { cut } = reportWords("en");
  const mitigations = new Map<string, string>();
  const mitigationOf = (item: string): string => {
    const known = mitigations.get(item);
    if (known !== undefined) return known;
    const block = codeBlock(shortened(adviceFor(item) ?? "", maxRepeatedLength, cut));
    mitigations.set(item, block);
    return block;
  };
  const head = {
    name: beginningOf(plainLine(`Web Security Checker: ${reportHostOf(report)}`), dojoLimits.testTitle),
    type: "NAVER Web Security Checker",
    version: report.job.instanceNo,
    ...(selection === undefined ? {} : { description: plainLine(selectionText(selection, reportWords("en"))) }),
    dynamic_tool: true,
    static_tool: false,
  };
  const findings = occurrencesOf(report.findings, allFindings).map((one) =>
    findingOf(one, day, mitigationOf(one.finding.item), verdicts.of(one.finding)),
  );
  return `${JSON.stringify({ ...head, findings }, null, 2)}\n`;
}
