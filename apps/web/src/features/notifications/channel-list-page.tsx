import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { channelsQuery } from "../../api/channel-queries.ts";
import { useMay } from "../../api/session-query.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { PageState } from "../../ui/page-state.tsx";
import { ChannelBlock } from "./channel-block.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";

/** Channels of notifications, for administrators: what there is, a new one, and what was sent. */
export function ChannelListPage() {
  const messages = useMessages();
  const words = useChannelWords();
  const { settings, shell } = messages;
  const mayList = useMay("channels.list");
  const [isCreating, setCreating] = useState(false);
  const query = useQuery({ ...channelsQuery, enabled: mayList });
  const isLate = useDelayed(query.isLoading, 200);
  useDocumentTitle(words.title, settings.title, shell.product);
  if (!mayList) return <ForbiddenPage permission="channels.list" />;
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {words.create}
    </Button>
  );
  const channels = query.data?.channels;
  return (
    <>
      <p className="kicker">
        <Link to="/settings">{settings.title}</Link>
      </p>
      <div className="page-head">
        <h1 className="h1">{words.title}</h1>
        <div className="actions">{channels?.length === 0 ? null : create}</div>
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
      {query.data?.isReadingOn === false ? <p className="hint">{words.readingOff}</p> : null}
      {isLate ? <p className="muted">{shell.loading}</p> : null}
      {channels === undefined ? null : channels.length === 0 ? (
        <PageState title={words.emptyTitle} actions={create}>
          <p>{words.emptyText}</p>
        </PageState>
      ) : (
        <ul className="token-list" aria-label={words.listLabel}>
          {channels.map((channel) => (
            <ChannelBlock key={channel.id} channel={channel} />
          ))}
        </ul>
      )}
      {isCreating ? (
        <ChannelDialog channel={null} isMailSet={query.data?.isMailSet ?? false} onClose={() => setCreating(false)} />
      ) : null}
    </>
  );
}
