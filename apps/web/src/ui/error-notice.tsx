import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ErrorDescription } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { PlainText, withVisibleControls } from "./plain-text.tsx";

interface ErrorNoticeProps {
  readonly description: ErrorDescription;
  /** What cannot be shown or done because of the error. */
  readonly heading?: string;
  readonly headingLevel?: 1 | 2;
  readonly onRetry?: (() => void) | undefined;
  readonly isAlert?: boolean;
  readonly actions?: ReactNode;
  /** An additional sentence. */
  readonly note?: string | null;
}

/** What happened, what to do, and the details to pass on. */
export function ErrorNotice({
  description,
  heading,
  headingLevel = 2,
  onRetry,
  isAlert = false,
  actions,
  note = null,
}: ErrorNoticeProps) {
  const { shell } = useMessages();
  const Heading = headingLevel === 1 ? "h1" : "h2";
  return (
    <section className="error-notice" role={isAlert ? "alert" : undefined}>
      {heading ? <Heading className={headingLevel === 1 ? "h1" : "h2"}>{heading}</Heading> : null}
      <p className="error-notice-title">{description.title}</p>
      <p>{description.next}</p>
      {note === null ? null : (
        <p className="muted">
          <PlainText text={note} />
        </p>
      )}
      {description.upstreamMessage && !description.isKnown ? (
        <p>
          {shell.upstreamMessage}: <PlainText text={description.upstreamMessage} className="mono" />
        </p>
      ) : null}
      {onRetry || actions ? (
        <div className="actions">
          {onRetry ? <Button onClick={onRetry}>{shell.retry}</Button> : null}
          {actions}
        </div>
      ) : null}
      <ErrorDetails description={description} />
    </section>
  );
}

function ErrorDetails({ description }: { readonly description: ErrorDescription }) {
  const { shell } = useMessages();
  const lines = [
    `${shell.errorCode}: ${description.code}`,
    ...(description.requestId ? [`${shell.requestId}: ${description.requestId}`] : []),
    ...(description.upstreamMessage
      ? [`${shell.upstreamMessage}: ${withVisibleControls(description.upstreamMessage)}`]
      : []),
  ];
  return (
    <details className="error-notice-details">
      <summary>{shell.details}</summary>
      <pre translate="no">{lines.join("\n")}</pre>
      <div className="actions">
        <CopyButton text={lines.join("\n")} label={shell.copyDetails} isWordy />
        {description.isKnown ? (
          <Link to="/help" hash={`code-${description.code}`} aria-label={shell.labelled(shell.help, description.code)}>
            {shell.help}
          </Link>
        ) : null}
      </div>
    </details>
  );
}
