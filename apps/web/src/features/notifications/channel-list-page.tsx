import { useQuery } from "@tanstack/react-query";
import { channelsQuery } from "../../api/channel-queries.ts";
import { useMay } from "../../api/session-query.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { SettingsListPage } from "../../domain-ui/settings-list-page.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { ChannelBlock } from "./channel-block.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";

/** Notification channels, for administrators: the list, a new channel, and what was sent. */
export function ChannelListPage() {
  const words = useChannelWords();
  const mayList = useMay("channels.list");
  const query = useQuery({ ...channelsQuery, enabled: mayList });
  if (!mayList) return <ForbiddenPage permission="channels.list" />;
  const { data } = query;
  return (
    <SettingsListPage
      words={words}
      query={query}
      blocks={data?.channels.map((channel) => <ChannelBlock key={channel.id} channel={channel} />) ?? null}
      notes={data?.isReadingOn === false ? <p className="mt-3 max-w-168 text-text-2">{words.readingOff}</p> : null}
      renderDialog={(onClose) => (
        <ChannelDialog channel={null} isMailSet={data?.isMailSet ?? false} onClose={onClose} />
      )}
    />
  );
}
