import { useMutation } from "@tanstack/react-query";
import type { Channel } from "@wsc-dashboard/wsc-core";
import { rotateSecret } from "../../api/channel-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useChannelWords } from "../../messages/use-channel-words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

interface RotateDialogProps {
  readonly channel: Channel;
  readonly onClose: () => void;
}

export function RotateDialog({ channel, onClose }: RotateDialogProps) {
  const messages = useMessages();
  const words = useChannelWords();
  // The result is a secret and must not outlive the dialog.
  const rotating = useMutation({ mutationFn: () => rotateSecret(channel.id), gcTime: 0 });
  const secret = rotating.data?.secret;
  if (typeof secret === "string") return <SecretDialog secret={secret} onClose={onClose} />;
  return (
    <Dialog
      title={words.rotateTitle}
      onClose={onClose}
      closable={!rotating.isPending}
      footer={
        <>
          <Button inert={rotating.isPending} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="primary" inert={rotating.isPending} onClick={() => rotating.mutate()}>
            {words.rotate}
          </Button>
        </>
      }
    >
      <p>{words.rotateText}</p>
      {rotating.isError ? (
        <ErrorNotice heading={words.actFailed} description={describeError(messages, rotating.error)} isAlert />
      ) : null}
    </Dialog>
  );
}
