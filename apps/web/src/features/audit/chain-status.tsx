import { useQuery } from "@tanstack/react-query";
import { auditChainQuery } from "../../api/audit-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";

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
      <section className="error-notice" role="alert">
        <h2 className="h2 error-notice-title">{audit.chainBroken(formats.number(brokenAt ?? verified + 1))}</h2>
        <p>{audit.chainBrokenText(verified, formats.number(verified))}</p>
        <p className="muted">{checked}</p>
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
    <div className="chain-status">
      <p>
        <span className="visually-hidden">{`${audit.chain}: `}</span>
        {text} <span className="muted">{checked}</span>
      </p>
      {head === null ? null : (
        <p className="muted">
          {audit.chainHead}{" "}
          <code translate="no" className="chain-head">
            {head}
          </code>
        </p>
      )}
    </div>
  );
}
