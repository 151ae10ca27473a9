import type { ReactNode } from "react";
import type { Trouble } from "../messages/error-text.ts";
import { useMessages } from "../messages/messages-context.tsx";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { PlainText, withVisibleControls } from "./plain-text.tsx";

interface TroubleBlockProps {
  readonly trouble: Trouble;
  /** What cannot be shown or done because of it. */
  readonly heading?: string;
  readonly headingLevel?: 1 | 2;
  readonly onRetry?: (() => void) | undefined;
  readonly isAlert?: boolean;
  readonly actions?: ReactNode;
  /** What else belongs to it, in a sentence. */
  readonly note?: string | null;
}

/** What happened, what to do, and the details to pass on. */
export function TroubleBlock({
  trouble,
  heading,
  headingLevel = 2,
  onRetry,
  isAlert = false,
  actions,
  note = null,
}: TroubleBlockProps) {
  const { shell } = useMessages();
  const Heading = headingLevel === 1 ? "h1" : "h2";
  return (
    <section className="trouble" role={isAlert ? "alert" : undefined}>
      {heading ? <Heading className={headingLevel === 1 ? "h1" : "h2"}>{heading}</Heading> : null}
      <p className="trouble-title">{trouble.title}</p>
      <p>{trouble.next}</p>
      {note === null ? null : (
        <p className="muted">
          <PlainText text={note} />
        </p>
      )}
      {trouble.upstreamMessage && !trouble.isKnown ? (
        <p>
          {shell.upstreamMessage}: <PlainText text={trouble.upstreamMessage} className="mono" />
        </p>
      ) : null}
      {onRetry || actions ? (
        <div className="actions">
          {onRetry ? <Button onClick={onRetry}>{shell.retry}</Button> : null}
          {actions}
        </div>
      ) : null}
      <TroubleDetails trouble={trouble} />
    </section>
  );
}

function TroubleDetails({ trouble }: { readonly trouble: Trouble }) {
  const { shell } = useMessages();
  const lines = [
    `${shell.errorCode}: ${trouble.code}`,
    ...(trouble.requestId ? [`${shell.requestId}: ${trouble.requestId}`] : []),
    ...(trouble.upstreamMessage ? [`${shell.upstreamMessage}: ${withVisibleControls(trouble.upstreamMessage)}`] : []),
  ];
  return (
    <details className="trouble-details">
      <summary>{shell.details}</summary>
      <pre translate="no">{lines.join("\n")}</pre>
      <CopyButton text={lines.join("\n")} label={shell.copyDetails} isWordy />
    </details>
  );
}
