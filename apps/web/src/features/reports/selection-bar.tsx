import { type Finding, findingIdentity, maxPickedFindings, type Report } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useVerdictWords } from "../../messages/verdict-words.ts";
import { Button } from "../../ui/button.tsx";
import { type ReportVerdicts, useReportVerdicts } from "../../verdicts/verdict-context.tsx";
import { LazyDecideDialog } from "../../verdicts/verdict-panel.tsx";
import { ExportDialog } from "./export-dialog.tsx";
import type { CopyFinding } from "./use-copy-finding.ts";
import type { FindingSelection } from "./use-finding-selection.ts";

interface SelectionBarProps {
  readonly report: Report;
  readonly selection: FindingSelection;
  readonly shown: readonly Finding[];
  readonly byNumber: ReadonlyMap<string, Finding>;
  readonly onCopy: CopyFinding;
}

/** Actions for the selected findings. */
export function SelectionBar({ report, selection, shown, byNumber, onCopy }: SelectionBarProps) {
  const { report: words } = useMessages();
  const { number } = useFormats();
  const mayExport = useMay("reports.export");
  const verdictWords = useVerdictWords();
  const verdicts = useReportVerdicts();
  const [isExporting, setExporting] = useState(false);
  const [isDeciding, setDeciding] = useState(false);
  const { selected, selectAll, clear } = selection;
  const isTooMany = selected.size > maxPickedFindings;
  const picked = (): readonly Finding[] =>
    [...selected].map((one) => byNumber.get(one)).filter((finding) => finding !== undefined);
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-2 gap-y-1 not-forced-colors:[&>button:first-child]:-ms-3.25 print:hidden">
      {selected.size === 0 ? (
        <Button variant="quiet" inert={shown.length === 0} onClick={() => selectAll(shown)}>
          {words.selectShown(number(shown.length))}
        </Button>
      ) : (
        <>
          <strong role="status">{words.selected(number(selected.size))}</strong>
          {verdicts?.mayDecide ? (
            <Button aria-haspopup="dialog" onClick={() => setDeciding(true)}>
              {verdictWords.decideMany(number(selected.size))}
            </Button>
          ) : null}
          <Button inert={isTooMany} onClick={() => onCopy(picked(), "markdown")}>
            {words.copyMarkdown}
          </Button>
          {mayExport ? (
            <Button inert={isTooMany} aria-haspopup="dialog" onClick={() => setExporting(true)}>
              {words.exportSelected(number(selected.size))}
            </Button>
          ) : null}
          <Button variant="quiet" onClick={clear}>
            {words.clearSelection}
          </Button>
          {isTooMany ? (
            <span className="max-w-168 text-text-2">{words.tooManySelected(number(maxPickedFindings))}</span>
          ) : null}
        </>
      )}
      {isExporting ? (
        <ExportDialog report={report} numbers={[...selected]} onClose={() => setExporting(false)} />
      ) : null}
      {isDeciding && verdicts !== null ? (
        <LazyDecideDialog
          host={verdicts.host}
          instanceNo={verdicts.instanceNo}
          today={verdicts.today}
          findings={distinctFindings(picked(), verdicts)}
          onClose={() => setDeciding(false)}
        />
      ) : null}
    </div>
  );
}

/** Findings with the same fingerprint are decided once. */
function distinctFindings(findings: readonly Finding[], verdicts: ReportVerdicts) {
  const byIdentity = Map.groupBy(findings, ({ fingerprint }) => findingIdentity(fingerprint));
  return [...byIdentity.values()].flatMap((ofOne) => {
    const [first] = ofOne;
    if (first === undefined) return [];
    const { fingerprint } = first;
    return [{ fingerprint, name: ofOne.map(({ number }) => number).join(", "), present: verdicts.of(fingerprint) }];
  });
}
