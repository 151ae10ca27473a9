import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { useMessages } from "../messages/messages-context.tsx";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { useDocumentTitle } from "../ui/hooks.ts";
import { withVisibleControls } from "../ui/plain-text.tsx";

export function NotFoundPage() {
  const { shell } = useMessages();
  useDocumentTitle(shell.notFoundTitle, shell.product);
  return (
    <EmptyState
      title={shell.notFoundTitle}
      headingLevel={1}
      actions={
        <Link className={buttonClass("primary")} to="/jobs">
          {shell.toJobs}
        </Link>
      }
    >
      <p>{shell.notFoundText}</p>
    </EmptyState>
  );
}

/** Error boundary of a page; the shell around it keeps working. */
export function CrashPage({ error }: ErrorComponentProps) {
  const { shell } = useMessages();
  useDocumentTitle(shell.crashTitle, shell.product);
  return (
    <EmptyState
      title={shell.crashTitle}
      headingLevel={1}
      actions={
        <Button variant="primary" onClick={() => location.reload()}>
          {shell.reload}
        </Button>
      }
    >
      <p>{shell.crashText}</p>
      <pre translate="no">{withVisibleControls(String(error))}</pre>
    </EmptyState>
  );
}
