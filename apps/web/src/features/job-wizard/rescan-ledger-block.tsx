import { type RescanLedger, rescanDaysLeft } from "@wsc-dashboard/wsc-core";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";

/** How many re-scans are used, and until when one is possible. */
export function RescanLedgerBlock({ ledger, now }: { readonly ledger: RescanLedger; readonly now: number }) {
  const { review: words } = useMessages();
  const formats = useFormats();
  const { used, limit, closesAt } = ledger;
  const days = closesAt === null ? null : rescanDaysLeft(closesAt, new Date(now));
  const isShut = used >= limit || days === 0;
  return (
    <section className="review-block" aria-labelledby="ledger-title">
      <h3 id="ledger-title" className="h3">
        {words.ledger}
      </h3>
      <p className={isShut ? "strong tone-medium" : "strong"}>
        {words.used(formats.number(used), formats.number(limit))}
        {days === null ? null : ` · ${days === 0 ? words.closed : words.daysLeft(days, formats.number(days))}`}
        {closesAt === null || days === 0 ? null : (
          <time className="muted" dateTime={closesAt}>{` (${formats.date(closesAt)})`}</time>
        )}
      </p>
      <p className="hint">{words.ledgerNote}</p>
    </section>
  );
}
