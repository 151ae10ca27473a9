import type { Finding } from "@wsc-dashboard/wsc-core";
import { memo, useState } from "react";
import { useFormats } from "../messages/messages-context.tsx";
import { useVerdictWords } from "../messages/verdict-words.ts";
import { faintButtonClass } from "../ui/faint-button.ts";
import { lazyDialog } from "../ui/lazy-dialog.tsx";
import { IssueLink } from "./issue-link.tsx";
import { verdictLineClass } from "./verdict-classes.ts";
import { useReportVerdicts } from "./verdict-context.tsx";
import { VerdictMark, VerdictReason } from "./verdict-mark.tsx";

export const LazyDecideDialog = lazyDialog(async () => (await import("./decide-dialog.tsx")).DecideDialog);
export const LazyHistoryDialog = lazyDialog(
  async () => (await import("./verdict-history-dialog.tsx")).VerdictHistoryDialog,
);

/** The verdict of a finding of the report, with its actions. */
export const VerdictPanel = memo(function VerdictPanel({ finding }: { readonly finding: Finding }) {
  const words = useVerdictWords();
  const { number: numberText } = useFormats();
  const verdicts = useReportVerdicts();
  const [dialog, setDialog] = useState<"decide" | "history" | null>(null);
  if (verdicts === null) return null;
  const { fingerprint, number } = finding;
  const { host, instanceNo, today, mayDecide } = verdicts;
  const present = verdicts.of(fingerprint);
  const close = (): void => setDialog(null);
  const isPlain = present === undefined;
  return (
    <div className={isPlain ? "mt-1 mb-2 print:hidden" : "mt-1 mb-2"} data-verdict={present?.state ?? "open"}>
      <div className={verdictLineClass}>
        <VerdictMark state={present?.state ?? "open"} cause={present?.cause ?? null} />
        <span className={`${verdictLineClass} print:hidden`}>
          {mayDecide ? (
            <button
              type="button"
              className={faintButtonClass}
              aria-haspopup="dialog"
              aria-label={words.decideOf(number)}
              onClick={() => setDialog("decide")}
            >
              {words.decide}
            </button>
          ) : null}
          {mayDecide && present?.issueUrl == null ? <IssueLink {...{ finding, host, instanceNo }} /> : null}
          {mayDecide || !isPlain ? (
            <button
              type="button"
              className={faintButtonClass}
              aria-haspopup="dialog"
              aria-label={words.historyOf(number)}
              onClick={() => setDialog("history")}
            >
              {present !== undefined && present.notes > 0
                ? words.historyCount(numberText(present.notes))
                : words.history}
            </button>
          ) : null}
        </span>
      </div>
      {present === undefined ? null : <VerdictReason verdict={present} />}
      {dialog === "decide" ? (
        <LazyDecideDialog
          {...{ host, instanceNo, today }}
          findings={[{ fingerprint, name: number, present }]}
          onClose={close}
        />
      ) : null}
      {dialog === "history" ? (
        <LazyHistoryDialog {...{ host, instanceNo, fingerprint, present }} onClose={close} />
      ) : null}
    </div>
  );
});
