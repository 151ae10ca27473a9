import { useMessages } from "../messages/messages-context.tsx";

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
const tones: Readonly<Record<Outcome, string>> = {
  new: "badge-high",
  notComparable: "badge-medium",
  remaining: "badge-neutral",
  fixed: "badge-done",
  notRetested: "badge-medium",
};

/** Sign and word; colour only repeats them. */
export function OutcomeMark({ outcome }: { readonly outcome: Outcome }) {
  const { compare } = useMessages();
  return (
    <span className={`badge ${tones[outcome]}`}>
      <span className="outcome-sign" aria-hidden="true">
        {signs[outcome]}
      </span>
      {compare.outcomes[outcome]}
    </span>
  );
}
