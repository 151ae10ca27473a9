import { Link } from "@tanstack/react-router";
import type { AttentionKind, Overview } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

const urgent: ReadonlySet<AttentionKind> = new Set(["needsDecision", "inDoubt", "unread"]);
const rowClass = "flex flex-wrap items-baseline justify-between gap-x-4 py-2 text-text no-underline hover:underline";

/** Link to the list that a number counts. */
function KindLink({ kind, children }: { readonly kind: AttentionKind; readonly children: ReactNode }) {
  if (kind === "needsDecision" || kind === "inDoubt") {
    return (
      <Link className={rowClass} to="/jobs">
        {children}
      </Link>
    );
  }
  if (kind === "schedulesPaused") {
    return (
      <Link className={rowClass} to="/schedules">
        {children}
      </Link>
    );
  }
  return (
    <Link className={rowClass} to="/targets" search={{ show: kind }}>
      {children}
    </Link>
  );
}

/** What needs attention, with the count of each. */
export function Attention({ overview: { attention } }: { readonly overview: Overview }) {
  const { overview: words } = useMessages();
  const { number } = useFormats();
  return (
    <section aria-labelledby="attention">
      <h2 id="attention" className="text-h2 pb-1">
        {words.attention}
      </h2>
      {attention.length === 0 ? (
        <p className="m-0 text-text-3">{words.nothingNeedsAttention}</p>
      ) : (
        <ul className="m-0 list-none p-0">
          {attention.map(({ kind, count }) => (
            <li key={kind} className="border-b border-hairline">
              <KindLink kind={kind}>
                <span>{words.attentionKinds[kind]}</span>
                <strong className={`tabular-nums ${urgent.has(kind) ? "text-high-text" : "text-medium-text"}`}>
                  {number(count)}
                </strong>
              </KindLink>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
