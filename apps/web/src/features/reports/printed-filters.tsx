import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { withVisibleControls } from "../../ui/plain-text.tsx";
import { isFiltered, type ReportSearch, readSeverities } from "./report-search.ts";

interface PrintedFiltersProps {
  readonly search: ReportSearch;
  readonly shown: number;
  readonly total: number;
}

/** The filters in words: on paper there are no controls to read them from. */
export function PrintedFilters({ search, shown, total }: PrintedFiltersProps) {
  const { report, shell } = useMessages();
  const { number } = useFormats();
  if (!isFiltered(search)) return null;
  const { sev, item, domain, q } = search;
  const named = { [report.item]: item, [report.domain]: domain, [report.filterText]: q };
  const words = [
    ...(sev === undefined ? [] : readSeverities(sev).map((severity) => report.severityName[severity])),
    ...Object.entries(named).flatMap(([label, word]) =>
      word === undefined ? [] : [shell.labelled(label, withVisibleControls(word))],
    ),
  ];
  return (
    <p className="print-only hint">
      {report.shown(number(shown), number(total))} · <bdi translate="no">{words.join(" · ")}</bdi>
    </p>
  );
}
