import { adviceFinder, byteOrderMark, type CsvTime, csvRow, type Finding, type Report } from "@wsc-dashboard/wsc-core";
import { reportWords } from "../words/report-words.ts";
import type { ExportContext } from "./export-context.ts";
import { noVerdicts } from "./exported-verdicts.ts";
import { maxRepeatedLength, shortened } from "./receiver-text.ts";
import { criteriaText, verdictText } from "./selection-text.ts";
import { writtenTime } from "./written-time.ts";

/** Spreadsheet cells hold at most 32,767 characters. */
const maxCellLength = 32_000;

/**
 * Returns CSV for spreadsheets with one row per finding: UTF-8 with byte order mark, CRLF, a header in the reader's language.
 * Since a table has no place for remarks, three further columns tell what a filter left out.
 */
export function toCsv(
  { findings, recommendations, job, reportDate }: Report,
  { language, zone, selection, verdicts = noVerdicts }: ExportContext,
): string {
  const words = reportWords(language);
  const head = [
    words.number,
    words.risk,
    words.item,
    words.method,
    "URL",
    words.parameter,
    words.evidence,
    words.otherFields,
    words.howToFix,
    words.fingerprint,
    words.instanceNo,
    `${words.finished}${words.bracketed(zone)}`,
    words.decision,
    words.reason,
    words.owner,
    words.due,
    words.acceptedUntil,
    words.issue,
    words.decidedBy,
    ...(selection === undefined ? [] : [words.inFile, words.inReport, words.filter]),
  ];
  const partly =
    selection === undefined ? [] : [String(selection.shown), String(selection.total), criteriaText(selection, words)];
  const adviceFor = adviceFinder(recommendations);
  const end = job.endedAt ?? reportDate;
  const finished: CsvTime = { time: end === null ? "" : writtenTime(end, zone) };
  const fitting = (value: string, limit = maxCellLength): string => shortened(value, limit, words.cut);
  const decided = (finding: Finding): (string | CsvTime)[] => {
    const verdict = verdicts.of(finding);
    if (verdict === undefined) return [words.states.open, "", "", "", "", "", ""];
    const { state, cause, reason, owner, due, until, issueUrl, decidedBy } = verdict;
    return [
      verdictText(state, cause, words),
      fitting(reason ?? "", maxRepeatedLength),
      owner ?? "",
      { time: due ?? "" },
      { time: until ?? "" },
      issueUrl ?? "",
      decidedBy,
    ];
  };
  const rows = findings.map((finding) => {
    const told = [
      finding.number,
      words.severity[finding.severity ?? "none"],
      finding.item,
      finding.method ?? "",
      finding.url ?? "",
      finding.parameter ?? "",
      finding.evidence ?? "",
      finding.otherFields.map(({ name, value }) => `${name}: ${value}`).join("\n"),
      fitting(adviceFor(finding.item) ?? "", maxRepeatedLength),
      finding.fingerprint,
      job.instanceNo,
    ];
    const fit = (cell: string): string => fitting(cell);
    return csvRow([...told.map(fit), finished, ...decided(finding), ...partly.map(fit)]);
  });
  return `${byteOrderMark}${csvRow(head)}${rows.join("")}`;
}
