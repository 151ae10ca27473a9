import type { FindingSelection, Severity, Verdict, VerdictCause } from "@wsc-dashboard/wsc-core";
import type { ReportWords } from "../words/report-words.ts";

/** The criteria of a selection in words, such as "Check: XSS". */
export function criteriaText({ filter }: FindingSelection, words: ReportWords): string {
  const { severities: levels, item, domain, path, change, verdict, decided, text, numbers } = filter;
  const named: readonly (readonly [string, string | undefined])[] = [
    [words.risk, levels?.map((severity: Severity) => words.severity[severity]).join(", ")],
    [words.item, item],
    [words.path, path],
    [words.domain, domain],
    [words.change, change === undefined ? undefined : words.changes[change]],
    [words.decision, verdict === undefined ? undefined : words.states[verdict]],
    [words.decision, decided === undefined ? undefined : words.withoutSettled],
    [words.search, text],
    [words.number, numbers?.join(", ")],
  ];
  return named.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`])).join(" · ");
}

/** A sentence that tells how many findings the file contains, and by which criteria. */
export function selectionText(selection: FindingSelection, words: ReportWords): string {
  return words.selection(selection.shown, selection.total, criteriaText(selection, words));
}

/** A verdict in words, such as "Open · Came back". */
export function verdictText(state: Verdict, cause: VerdictCause | null, words: ReportWords): string {
  return cause === null ? words.states[state] : `${words.states[state]} · ${words.causes[cause]}`;
}
