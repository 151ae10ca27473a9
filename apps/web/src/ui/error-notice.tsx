import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ErrorDescription } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { Actions } from "./actions.tsx";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { PlainText, withVisibleControls } from "./plain-text.tsx";

/** For what looks like one and has contents of its own. */
export const errorNoticeClass = "my-4 max-w-184 space-y-1 border-s-3 border-high bg-high-soft px-4 py-3";
export const errorNoticeTitleClass = "font-bold text-high-text";

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
    <section className={errorNoticeClass} role={isAlert ? "alert" : undefined}>
      {heading ? <Heading className={headingLevel === 1 ? "text-h1" : "text-h2"}>{heading}</Heading> : null}
      <p className={errorNoticeTitleClass}>{description.title}</p>
      <p>{description.next}</p>
      {note === null ? null : (
        <p className="text-text-3">
          <PlainText text={note} />
        </p>
      )}
      {description.upstreamMessage && !description.isKnown ? (
        <p>
          {shell.upstreamMessage}: <PlainText text={description.upstreamMessage} className="mono" />
        </p>
      ) : null}
      {onRetry || actions ? (
        <Actions className="mt-3">
          {onRetry ? <Button onClick={onRetry}>{shell.retry}</Button> : null}
          {actions}
        </Actions>
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
    <details className="mt-2">
      <summary className="inline-block cursor-pointer py-0.5 underline underline-offset-[0.2em]">
        {shell.details}
      </summary>
      <pre className="mt-1 mb-2 bg-surface px-3 py-2" translate="no">
        {lines.join("\n")}
      </pre>
      <Actions className="mt-3">
        <CopyButton text={lines.join("\n")} label={shell.copyDetails} isWordy />
        {description.isKnown ? (
          <Link to="/help" hash={`code-${description.code}`} aria-label={shell.labelled(shell.help, description.code)}>
            {shell.help}
          </Link>
        ) : null}
      </Actions>
    </details>
  );
}
