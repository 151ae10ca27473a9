import { WscError } from "@wsc-dashboard/wsc-core";
import { useEffect } from "react";
import { signInUrl } from "../../api/sign-out.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { SignOutButton } from "./sign-out-button.tsx";

const noAccess: ReadonlySet<string> = new Set(["NO_ROLE", "GROUPS_OVERAGE"]);

/** Whether the person is authenticated but has no role. */
export const isWithoutAccess = (error: unknown): boolean => error instanceof WscError && noAccess.has(error.code);

/** Shown without a session, without a role, or when the identity could not be determined. */
export function SessionProblemPage({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const messages = useMessages();
  const { shell } = messages;
  const code = error instanceof WscError ? error.code : "";
  const { signIn, signedInAs }: WscError["details"] = error instanceof WscError ? error.details : {};
  const isSignedOut = code === "SESSION_REQUIRED";
  const startUrl = isSignedOut ? (signIn?.startUrl ?? null) : null;
  const heading = isSignedOut
    ? shell.signedOutTitle
    : isWithoutAccess(error)
      ? shell.noRoleTitle
      : shell.sessionFailedTitle;
  useDocumentTitle(heading, shell.product);
  useEffect(() => {
    if (startUrl !== null) location.replace(signInUrl(startUrl));
  }, [startUrl]);
  if (startUrl !== null) return <p className="text-text-3">{shell.loading}</p>;
  if (isSignedOut) {
    // A proxy authenticates people when they open a page.
    return (
      <EmptyState
        title={heading}
        headingLevel={1}
        actions={
          <>
            <Button variant="primary" onClick={() => location.reload()}>
              {shell.signIn}
            </Button>
            {signIn?.end ? <SignOutButton end={signIn.end} text={shell.signOutAtProvider} /> : null}
          </>
        }
      >
        <p>{shell.signInHint}</p>
        {signIn?.end ? <p>{shell.signOutAtProviderHint}</p> : null}
      </EmptyState>
    );
  }
  return (
    <ErrorNotice
      headingLevel={1}
      heading={heading}
      description={describeError(messages, error)}
      onRetry={onRetry}
      note={signedInAs === undefined ? null : shell.signedInAs(signedInAs)}
      actions={isWithoutAccess(error) && signIn?.end ? <SignOutButton end={signIn.end} /> : null}
    />
  );
}
