import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useVerdictWords } from "../../messages/verdict-words.ts";
import { filterWords } from "./filter-words.ts";
import { isFiltered, type ReportSearch } from "./report-search.ts";

interface PrintedFiltersProps {
  readonly search: ReportSearch;
  readonly shown: number;
  readonly total: number;
}

/** The filters in words: paper has no controls to read them from. */
export function PrintedFilters({ search, shown, total }: PrintedFiltersProps) {
  const messages = useMessages();
  const verdictWords = useVerdictWords();
  const { number } = useFormats();
  if (!isFiltered(search)) return null;
  return (
    <p className="hidden max-w-168 text-text-2 print:block">
      {messages.report.shown(number(shown), number(total))} ·{" "}
      <bdi translate="no">{filterWords(verdictWords, messages, search).join(" · ")}</bdi>
    </p>
  );
}
