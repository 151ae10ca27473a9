import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ownChannelQuery } from "../../api/own-channel-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useOwnChannelWords } from "../../messages/use-own-channel-words.ts";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { Notice } from "../../ui/notice.tsx";
import { Kicker, PageHead } from "../../ui/page-head.tsx";
import { QueryState } from "../../ui/query-state.tsx";
import { OwnChannelForm } from "./own-channel-form.tsx";
import { OwnChannelState } from "./own-channel-state.tsx";

/** A person's own notifications by mail. */
export function OwnChannelPage() {
  const { settings, shell } = useMessages();
  const words = useOwnChannelWords();
  const query = useQuery(ownChannelQuery);
  useDocumentTitle(words.title, settings.title, shell.product);
  const { data } = query;
  return (
    <>
      <Kicker>
        <Link to="/settings">{settings.title}</Link>
      </Kicker>
      <PageHead>
        <h1 className="text-h1">{words.title}</h1>
      </PageHead>
      <p className="mt-3 max-w-168 text-text-2">{words.intro}</p>
      <QueryState query={query} failedTitle={words.failedTitle} />
      {data === undefined ? null : (
        <>
          {data.isMailSet ? null : <Notice tone="medium">{words.mailUnset}</Notice>}
          <OwnChannelState channel={data.channel} />
          {data.isMailSet ? <OwnChannelForm key={data.channel === null ? "off" : "on"} channel={data.channel} /> : null}
        </>
      )}
    </>
  );
}
