import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { OwnChannel } from "@wsc-dashboard/wsc-core";
import { ownChannelCalls, ownChannelQuery } from "../../api/own-channel-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { useOwnChannelWords } from "../../messages/use-own-channel-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useToast } from "../../ui/toaster.tsx";

type Act = "test" | "resume" | "remove";

/** Whether a person's notifications are on and arrive, and the actions on them. */
export function OwnChannelState({ channel }: { readonly channel: OwnChannel | null }) {
  const messages = useMessages();
  const words = useOwnChannelWords();
  const channelWords = useChannelWords();
  const { number, zoned } = useFormats();
  const client = useQueryClient();
  const toast = useToast();
  const acting = useMutation({
    mutationFn: async (act: Act): Promise<void> => {
      await ownChannelCalls[act]({ body: {} });
    },
    onSuccess: async (_, act) => {
      if (act === "test") toast(words.tested);
      if (act === "remove") toast(words.turnedOff);
      await client.invalidateQueries({ queryKey: ownChannelQuery.queryKey });
    },
  });
  if (channel === null) return <p className="mt-4 font-bold">{words.off}</p>;
  const { pausedBecause, failures, lastDeliveredAt } = channel;
  const isPaused = pausedBecause !== null;
  return (
    <>
      <p className={`mt-4 font-bold ${isPaused || failures > 0 ? "text-medium-text" : ""}`}>
        {isPaused
          ? channelWords.pausedBecause[pausedBecause]
          : failures > 0
            ? channelWords.failing(failures, number(failures))
            : words.on}
      </p>
      {lastDeliveredAt === null ? null : (
        <p className="text-text-3">
          {channelWords.lastDelivered}: {zoned(lastDeliveredAt)}
        </p>
      )}
      <Actions className="mt-2">
        {isPaused ? (
          <Button inert={acting.isPending} onClick={() => acting.mutate("resume")}>
            {words.resume}
          </Button>
        ) : (
          <Button inert={acting.isPending} onClick={() => acting.mutate("test")}>
            {words.test}
          </Button>
        )}
        <Button inert={acting.isPending} onClick={() => acting.mutate("remove")}>
          {words.turnOff}
        </Button>
      </Actions>
      {acting.isError ? (
        <ErrorNotice heading={words.actFailed} description={describeError(messages, acting.error)} isAlert />
      ) : null}
    </>
  );
}
