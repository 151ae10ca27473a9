import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Token } from "@wsc-dashboard/wsc-core";
import { revokeToken, tokensQuery } from "../../api/token-queries.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useTokenWords } from "../../messages/use-token-words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { PlainText } from "../../ui/plain-text.tsx";

interface RevokeDialogProps {
  readonly token: Token;
  readonly onClose: () => void;
}

export function RevokeDialog({ token, onClose }: RevokeDialogProps) {
  const messages = useMessages();
  const words = useTokenWords();
  const client = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: tokensQuery.queryKey });
      onClose();
    },
  });
  return (
    <Dialog
      title={words.revokeTitle}
      onClose={onClose}
      closable={!revoking.isPending}
      footer={
        <>
          <Button inert={revoking.isPending} onClick={onClose}>
            {words.cancel}
          </Button>
          <Button variant="danger" inert={revoking.isPending} onClick={() => revoking.mutate()}>
            {revoking.isPending ? words.revoking : words.revoke}
          </Button>
        </>
      }
    >
      <p>
        <PlainText text={words.revokeText(token.name)} />
      </p>
      {revoking.isError ? (
        <ErrorNotice heading={words.revokeFailed} description={describeError(messages, revoking.error)} isAlert />
      ) : null}
    </Dialog>
  );
}
