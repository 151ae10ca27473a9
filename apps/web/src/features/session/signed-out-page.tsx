import { WscError } from "@wsc-dashboard/wsc-core";
import { troubleOf } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { TroubleBlock } from "../../ui/trouble-block.tsx";

/** Nobody is signed in, or it could not be found out who is. */
export function SignedOutPage({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const messages = useMessages();
  const { shell } = messages;
  const isSignedOut = error instanceof WscError && error.code === "SESSION_REQUIRED";
  const trouble = troubleOf(messages, error);
  const heading = isSignedOut ? shell.signedOutTitle : shell.sessionFailedTitle;
  useDocumentTitle(heading, shell.product);
  return (
    <TroubleBlock
      headingLevel={1}
      heading={heading}
      trouble={trouble}
      onRetry={isSignedOut ? undefined : onRetry}
      actions={isSignedOut ? <Button onClick={() => location.reload()}>{shell.reload}</Button> : null}
    />
  );
}
