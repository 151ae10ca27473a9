import { useChannelWords } from "../../messages/use-channel-words.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** A signing secret. Only the button closes the dialog, because the secret is not shown again. */
export function SecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  const words = useChannelWords();
  return (
    <Dialog
      title={words.secretTitle}
      onClose={onClose}
      closable={false}
      footer={
        <>
          <CopyButton text={secret} label={words.copy} isWordy />
          <Button variant="primary" onClick={onClose}>
            {words.done}
          </Button>
        </>
      }
    >
      <p>{words.secretNote}</p>
      <p>
        <code className="block rounded-md border border-hairline px-3 py-2.5 wrap-anywhere select-all" translate="no">
          {secret}
        </code>
      </p>
      <p className="max-w-168 text-text-2">{words.secretUse}</p>
    </Dialog>
  );
}
