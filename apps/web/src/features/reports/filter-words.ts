import { severities } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { facetNames, type ReportSearch, readSeverities } from "./report-search.ts";

/** The filters of a search in words, such as "Check: XSS"; none without a filter. */
export function filterWords(
  { report, compare, shell }: Pick<Messages, "report" | "compare" | "shell">,
  search: ReportSearch,
): readonly string[] {
  const levels = search.sev === undefined ? severities : readSeverities(search.sev);
  const risk = levels.length === severities.length ? [] : levels.map((severity) => report.severityName[severity]);
  const words = facetNames.flatMap((name) => {
    const value = search[name];
    if (value === undefined) return [];
    const text = name === "change" && search.change !== undefined ? compare.outcomes[search.change] : value;
    return [shell.labelled(report[name], withVisibleControls(text))];
  });
  const text = search.q === undefined ? [] : [shell.labelled(report.filterText, withVisibleControls(search.q))];
  return [...risk, ...words, ...text];
}
