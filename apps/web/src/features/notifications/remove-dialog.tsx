import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Channel } from "@wsc-dashboard/wsc-core";
import { channelsQuery, removeChannel } from "../../api/channel-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

interface RemoveDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

export function RemoveDialog({ channel, onClose }: RemoveDialogProps) {
  const messages = useMessages();
  const words = useChannelWords();
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: () => removeChannel(channel.id),
    onSuccess: async () => {
      onClose();
      await client.invalidateQueries({ queryKey: channelsQuery.queryKey });
    },
  });
  return (
    <Dialog
      title={words.removeTitle}
      onClose={onClose}
      closable={!removing.isPending}
      footer={
        <>
          <Button inert={removing.isPending} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="danger" inert={removing.isPending} onClick={() => removing.mutate()}>
            {words.remove}
          </Button>
        </>
      }
    >
      <p>
        <PlainText text={words.removeText(channel.name)} />
      </p>
      {removing.isError ? (
        <ErrorNotice heading={words.actFailed} description={describeError(messages, removing.error)} isAlert />
      ) : null}
    </Dialog>
  );
}
