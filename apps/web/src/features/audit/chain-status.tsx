import { useQuery } from "@tanstack/react-query";
import { auditChainQuery } from "../../api/audit-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { ErrorNotice, errorNoticeClass, errorNoticeTitleClass } from "../../ui/error-notice.tsx";

/** The verification state of the audit chain in words. A broken chain stays visible. */
export function ChainStatus() {
  const messages = useMessages();
  const { audit } = messages;
  const formats = useFormats();
  const query = useQuery(auditChainQuery);
  const { data } = query;
  if (data === undefined) {
    return query.isError ? (
      <ErrorNotice
        heading={audit.chainFailed}
        description={describeError(messages, query.error)}
        onRetry={() => void query.refetch()}
      />
    ) : null;
  }
  const { state, verified, entries, brokenAt, head, checkedAt } = data;
  const checked = checkedAt === null ? null : audit.checkedAt(formats.zoned(checkedAt));
  if (state === "broken") {
    return (
      <section className={errorNoticeClass} role="alert">
        <h2 className={`text-h2 ${errorNoticeTitleClass}`}>
          {audit.chainBroken(formats.number(brokenAt ?? verified + 1))}
        </h2>
        <p>{audit.chainBrokenText(verified, formats.number(verified))}</p>
        <p className="text-text-3">{checked}</p>
      </section>
    );
  }
  const text =
    state === "checking"
      ? audit.chainChecking(formats.number(verified), formats.number(entries))
      : verified === 0
        ? audit.chainEmpty
        : audit.chainIntact(verified, formats.number(verified));
  return (
    <div className="border-b border-hairline py-3">
      <p>
        <span className="sr-only">{`${audit.chain}: `}</span>
        {text} <span className="text-text-3">{checked}</span>
      </p>
      {head === null ? null : (
        <p className="text-text-3">
          {audit.chainHead}{" "}
          <code translate="no" className="wrap-anywhere">
            {head}
          </code>
        </p>
      )}
    </div>
  );
}
