import { useMessages } from "../messages/messages-context.tsx";
import { Badge, type BadgeTone } from "../ui/badge.tsx";

/** What happened to a finding between two runs. */
export const outcomes = ["new", "notComparable", "remaining", "fixed", "notRetested"] as const;
export type Outcome = (typeof outcomes)[number];

const signs: Readonly<Record<Outcome, string>> = {
  new: "＋",
  notComparable: "?",
  remaining: "＝",
  fixed: "✓",
  notRetested: "?",
};
const tones: Readonly<Record<Outcome, BadgeTone>> = {
  new: "high",
  notComparable: "medium",
  remaining: "neutral",
  fixed: "done",
  notRetested: "medium",
};

/** Sign and word; colour only repeats them. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome }) {
  const { compare } = useMessages();
  return (
    <Badge tone={tones[outcome]}>
      <span className="min-w-3.5 text-center" aria-hidden="true">
        {signs[outcome]}
      </span>
      {compare.outcomes[outcome]}
    </Badge>
  );
}
