import type { Verdict, VerdictCause, VerdictView } from "@wsc-dashboard/wsc-core";
import { CircleCheck, CircleDashed, CircleSlash, Clock, Hammer, type LucideIcon, RotateCcw } from "lucide-react";
import { useFormats } from "../messages/messages-context.tsx";
import { useVerdictWords } from "../messages/verdict-words.ts";
import { PlainText } from "../ui/plain-text.tsx";
import { verdictLineClass, verdictReasonClass } from "./verdict-classes.ts";

const icons: Readonly<Record<Verdict, LucideIcon>> = {
  open: CircleDashed,
  "in-work": Hammer,
  "false-positive": CircleSlash,
  "risk-accepted": Clock,
  fixed: CircleCheck,
};

const toneClasses: Partial<Record<Verdict, string>> = { fixed: "text-done-text", "in-work": "text-low-text" };

interface VerdictMarkProps {
  readonly state: Verdict;
  readonly cause?: VerdictCause | null;
}

/** Sign and word of a verdict. */
export function VerdictMark({ state, cause = null }: VerdictMarkProps) {
  const words = useVerdictWords();
  const Icon = cause === "came-back" || cause === "acceptance-ended" ? RotateCcw : icons[state];
  return (
    <span
      className={`inline-flex min-h-6 items-center gap-1.5 font-bold ${cause === "came-back" ? "text-high-text" : (toneClasses[state] ?? "text-text-2")}`}
    >
      <Icon size={15} strokeWidth={2} aria-hidden="true" />
      <span>{words.states[state]}</span>
      {cause === null ? null : <span className="font-normal before:content-['·_']">{words.causes[cause]}</span>}
    </span>
  );
}

/** Formats a day such as `2026-12-31` in the current language. */
export function useDayText(): (day: string) => string {
  const { language, date } = useFormats();
  // Noon UTC, so that no time zone shifts the day.
  return (day) => (language === "ko" ? day : date(`${day}T12:00:00Z`));
}

/** Reason, person and end date, in one line under a finding. Text typed by people. */
export function VerdictReason({ verdict }: { readonly verdict: VerdictView }) {
  const words = useVerdictWords();
  const day = useDayText();
  const { dateTime } = useFormats();
  const { reason, owner, due, until, issueUrl, decidedBy, decidedAt } = verdict;
  return (
    <>
      {reason === null ? null : (
        <p className={verdictReasonClass} dir="auto">
          <PlainText text={reason} />
        </p>
      )}
      <p className={`max-w-168 text-text-2 ${verdictLineClass}`}>
        {owner === null ? null : <PlainText text={`${words.owner}: ${owner}`} />}
        {due === null ? null : <span>{words.dueDay(day(due))}</span>}
        {until === null ? null : <span>{words.untilDay(day(until))}</span>}
        {issueUrl === null ? null : (
          <a href={issueUrl} rel="noopener noreferrer nofollow" target="_blank" translate="no">
            {words.issue} ↗
          </a>
        )}
        <PlainText text={words.decidedBy(decidedBy, dateTime(decidedAt))} />
      </p>
    </>
  );
}
