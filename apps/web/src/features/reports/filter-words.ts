import { findingChanges, severities, verdicts } from "@wsc-dashboard/wsc-core";
import type { VerdictWords } from "../../messages/en/verdicts.ts";
import type { Messages } from "../../messages/en.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { type FacetName, facetNames, type ReportSearch, readSeverities } from "./report-search.ts";

/** The label of a facet. */
export function facetLabel(name: FacetName, report: Messages["report"], verdictWords: VerdictWords): string {
  return name === "verdict" ? verdictWords.verdict : report[name];
}

/** The label of a facet value: the report's own text, or ours for changes and verdicts. */
export function facetValueName(
  name: FacetName,
  value: string,
  { compare, verdictWords }: Pick<Messages, "compare"> & { readonly verdictWords: VerdictWords },
): string {
  const change = findingChanges.find((known) => known === value);
  if (name === "change" && change !== undefined) return compare.outcomes[change];
  const verdict = verdicts.find((known) => known === value);
  return name === "verdict" && verdict !== undefined ? verdictWords.states[verdict] : value;
}

/** The filters of a search in words, such as "Check: XSS"; empty without a filter. */
export function filterWords(
  verdictWords: VerdictWords,
  { report, compare, shell }: Pick<Messages, "report" | "compare" | "shell">,
  search: ReportSearch,
): readonly string[] {
  const levels = search.sev === undefined ? severities : readSeverities(search.sev);
  const risk = levels.length === severities.length ? [] : levels.map((severity) => report.severityName[severity]);
  const words = facetNames.flatMap((name) => {
    const value = search[name];
    if (value === undefined) return [];
    const text = facetValueName(name, value, { compare, verdictWords });
    return [shell.labelled(facetLabel(name, report, verdictWords), withVisibleControls(text))];
  });
  const text = search.q === undefined ? [] : [shell.labelled(report.filterText, withVisibleControls(search.q))];
  const settled = search.decided === undefined ? [] : [verdictWords.settledHidden];
  return [...risk, ...words, ...settled, ...text];
}
