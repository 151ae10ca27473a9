import { isErrorCode } from "@wsc-dashboard/wsc-core";
import { describeErrorCode } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";

/** Shown after signing out and after a failed login. Starts no login by itself. */
export function SignedOutPage() {
  const messages = useMessages();
  const { shell } = messages;
  const why = new URLSearchParams(location.search).get("why") ?? "";
  const heading = isErrorCode(why) ? shell.sessionFailedTitle : shell.signedOutTitle;
  useDocumentTitle(heading, shell.product);
  const again = (
    <a className={buttonClass("primary")} href="/jobs">
      {shell.signIn}
    </a>
  );
  if (isErrorCode(why)) {
    return (
      <ErrorNotice
        headingLevel={1}
        heading={heading}
        description={describeErrorCode(messages, why, null)}
        actions={again}
      />
    );
  }
  return (
    <EmptyState title={heading} headingLevel={1} actions={again}>
      <p>{shell.signedOutText}</p>
    </EmptyState>
  );
}
