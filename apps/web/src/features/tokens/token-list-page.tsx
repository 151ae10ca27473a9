import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Token } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { tokensQuery } from "../../api/token-queries.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useTokenWords } from "../../messages/use-token-words.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageState } from "../../ui/page-state.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";

/** Service tokens, for administrators: what there is, a new one, and the end of one. */
export function TokenListPage() {
  const messages = useMessages();
  const words = useTokenWords();
  const { settings, shell } = messages;
  const mayList = useMay("tokens.list");
  const [isCreating, setCreating] = useState(false);
  const query = useQuery({ ...tokensQuery, enabled: mayList });
  const isLate = useDelayed(query.isLoading, 200);
  useDocumentTitle(words.title, settings.title, shell.product);
  if (!mayList) return <ForbiddenPage permission="tokens.list" />;
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  );
  const tokens = query.data?.tokens;
  return (
    <>
      <p className="kicker">
        <Link to="/settings">{settings.title}</Link>
      </p>
      <div className="page-head">
        <h1 className="h1">{words.title}</h1>
        <div className="actions">{tokens?.length === 0 ? null : create}</div>
      </div>
      <hr className="thick-rule" />
      <p className="hint">{words.intro}</p>
      {query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : null}
      {isLate ? <p className="muted">{shell.loading}</p> : null}
      {tokens === undefined ? null : tokens.length === 0 ? (
        <PageState title={words.emptyTitle} actions={create}>
          <p>{words.emptyText}</p>
        </PageState>
      ) : (
        <ul className="token-list" aria-label={words.listLabel}>
          {tokens.map((token) => (
            <TokenBlock key={token.id} token={token} />
          ))}
        </ul>
      )}
      {isCreating ? <NewTokenDialog onClose={() => setCreating(false)} /> : null}
    </>
  );
}

function TokenBlock({ token }: { readonly token: Token }) {
  const { shell } = useMessages();
  const words = useTokenWords();
  const formats = useFormats();
  const [isRevoking, setRevoking] = useState(false);
  const { name, role, targets, state, createdAt, createdBy, expiresAt, lastUsedAt } = token;
  const isActive = state === "active";
  return (
    <li className={isActive ? "token-block" : "token-block token-ended"}>
      <div className="token-what">
        <p className="strong">
          <PlainText text={name} />
        </p>
        <p>
          {shell.roles[role]}
          {isActive ? null : ` · ${words.states[state]}`}
        </p>
      </div>
      <dl className="token-facts">
        <div>
          <dt>{words.targets}</dt>
          <dd>{targets === null ? words.allTargets : <PlainText text={formats.list(targets)} className="mono" />}</dd>
        </div>
        <div>
          <dt>{words.expires}</dt>
          <dd>{formats.zoned(expiresAt)}</dd>
        </div>
        <div>
          <dt>{words.lastUsed}</dt>
          <dd>{lastUsedAt === null ? <span className="muted">{words.never}</span> : formats.zoned(lastUsedAt)}</dd>
        </div>
        <div>
          <dt>{words.created}</dt>
          <dd>
            <PlainText text={words.createdBy(formats.zoned(createdAt), createdBy)} />
          </dd>
        </div>
      </dl>
      <div className="actions token-end">
        {isActive ? (
          <Button aria-label={words.revokeOf(name)} onClick={() => setRevoking(true)}>
            {words.revoke}
          </Button>
        ) : null}
      </div>
      {isRevoking ? <RevokeDialog token={token} onClose={() => setRevoking(false)} /> : null}
    </li>
  );
}
