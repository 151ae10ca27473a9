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
    <section className="mt-4 border-t border-hairline pt-3" aria-labelledby="ledger-title">
      <h3 id="ledger-title" className="text-h3">
        {words.ledger}
      </h3>
      <p className={isShut ? "font-bold text-medium-text" : "font-bold"}>
        {words.used(formats.number(used), formats.number(limit))}
        {days === null ? null : ` · ${days === 0 ? words.closed : words.daysLeft(days, formats.number(days))}`}
        {closesAt === null || days === 0 ? null : (
          <time className="text-text-3" dateTime={closesAt}>
            {formats.bracketed(formats.date(closesAt))}
          </time>
        )}
      </p>
      <p className="max-w-168 text-text-2">{words.ledgerNote}</p>
    </section>
  );
}
