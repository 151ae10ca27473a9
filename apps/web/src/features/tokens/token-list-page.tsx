import { useQuery } from "@tanstack/react-query";
import type { Token } from "@wsc-dashboard/wsc-core";
import { useState } from "react";
import { useMay } from "../../api/session-query.ts";
import { tokensQuery } from "../../api/token-queries.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { SettingsListPage } from "../../domain-ui/settings-list-page.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useTokenWords } from "../../messages/use-token-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { PlainText } from "../../ui/plain-text.tsx";
import { NewTokenDialog } from "./new-token-dialog.tsx";
import { RevokeDialog } from "./revoke-dialog.tsx";

/** Service tokens, for administrators: list, create and end them. */
export function TokenListPage() {
  const words = useTokenWords();
  const mayList = useMay("tokens.list");
  const query = useQuery({ ...tokensQuery, enabled: mayList });
  if (!mayList) return <ForbiddenPage permission="tokens.list" />;
  return (
    <SettingsListPage
      words={words}
      query={query}
      blocks={query.data?.tokens.map((token) => <TokenBlock key={token.id} token={token} />) ?? null}
      renderDialog={(onClose) => <NewTokenDialog onClose={onClose} />}
    />
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
    <li
      className={
        isActive
          ? "grid gap-x-8 gap-y-3 border-b border-hairline py-4 first:border-t xl:grid-cols-[minmax(0,16rem)_minmax(0,1fr)_max-content]"
          : "grid gap-x-8 gap-y-3 border-b border-hairline py-4 first:border-t xl:grid-cols-[minmax(0,16rem)_minmax(0,1fr)_max-content] text-text-3"
      }
    >
      <div className="min-w-0">
        <p className="font-bold">
          <PlainText text={name} />
        </p>
        <p>
          {shell.roles[role]}
          {isActive ? null : ` · ${words.states[state]}`}
        </p>
      </div>
      <dl className="grid min-w-0 content-start gap-x-8 gap-y-2 md:grid-cols-2 [&_dd]:wrap-anywhere [&_dt]:text-text-3">
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
          <dd>
            {lastUsedAt === null ? <span className="text-text-3">{words.never}</span> : formats.zoned(lastUsedAt)}
          </dd>
        </div>
        <div>
          <dt>{words.created}</dt>
          <dd>
            <PlainText text={words.createdBy(formats.zoned(createdAt), createdBy)} />
          </dd>
        </div>
      </dl>
      <Actions isTop className="xl:justify-end">
        {isActive ? (
          <Button aria-label={words.revokeOf(name)} onClick={() => setRevoking(true)}>
            {words.revoke}
          </Button>
        ) : null}
      </Actions>
      {isRevoking ? <RevokeDialog token={token} onClose={() => setRevoking(false)} /> : null}
    </li>
  );
}
