import { Link } from "@tanstack/react-router";
import type { IncomparableReason, TargetChange } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../messages/messages-context.tsx";

interface ChangeLinkProps {
  /** The later job. */
  readonly head: string;
  readonly change: TargetChange | null;
  readonly notComparable: IncomparableReason | null;
}

/** "+2 −6": new and fixed findings since the partner, as a link to the comparison; or why there is none. */
export function ChangeLink({ head, change, notComparable }: ChangeLinkProps) {
  const { targets: words } = useMessages();
  const { number, date } = useFormats();
  if (change === null) {
    if (notComparable === "first") return <span className="text-text-3">{words.first}</span>;
    return notComparable === null ? (
      <span className="text-text-3">{words.comparing}</span>
    ) : (
      <span className="text-text-2">{words.notComparable[notComparable]}</span>
    );
  }
  const { base, baseEndedAt, fixed, remaining, notRetested } = change;
  const since = baseEndedAt === null ? base : date(baseEndedAt);
  const text = words.changeText(
    number(change.new.total),
    number(fixed.total),
    number(remaining),
    number(notRetested),
    since,
  );
  const isSame = change.new.total === 0 && fixed.total === 0;
  return (
    <Link
      className="inline-flex items-baseline gap-2 py-0.5 no-underline tabular-nums hover:underline"
      to="/compare"
      search={{ base, head }}
      title={text}
    >
      {isSame ? (
        <span className="text-text-2">{words.unchanged}</span>
      ) : (
        <>
          <span className={change.new.total > 0 ? "font-bold text-high-text" : "text-text-3"}>
            +{number(change.new.total)}
          </span>
          <span className={fixed.total > 0 ? "font-bold text-done-text" : "text-text-3"}>−{number(fixed.total)}</span>
        </>
      )}
      <span className="sr-only"> {text}</span>
    </Link>
  );
}
