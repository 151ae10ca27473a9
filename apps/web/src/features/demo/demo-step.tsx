import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { StatusShape } from "../../domain-ui/status-shape.tsx";
import { describeError } from "../../messages/error-text.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useDemoWords } from "../../messages/use-demo-words.ts";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import type { DemoScanState } from "./use-demo-scan.ts";

interface DemoStepProps {
  readonly number: number;
  readonly title: string;
  readonly text: string;
  /** What has to be done before; empty when nothing. */
  readonly after: string;
  readonly action: ReactNode;
  readonly children?: ReactNode;
}

/** One step: what it does, its outcome so far, and its button. */
export function DemoStep({ number, title, text, after, action, children }: DemoStepProps) {
  return (
    <li className="grid gap-x-6 gap-y-2 border-b border-hairline py-4 sm:grid-cols-[1.5rem_minmax(0,1fr)_max-content]">
      <span className="text-h2 text-text-3 tabular-nums max-sm:hidden" aria-hidden="true">
        {number}
      </span>
      <div className="min-w-0">
        <h2 className="text-h2">
          <span className="sm:sr-only">{number}. </span>
          {title}
        </h2>
        <p className="max-w-168 text-text-2">{text}</p>
        {children}
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 self-start">
        {after === "" ? null : <span className="text-text-3">{after}</span>}
        {action}
      </div>
    </li>
  );
}

/** What is known of a scan: its request, its progress, its findings and report. */
export function DemoOutcome({ state, title }: { readonly state: DemoScanState; readonly title: string }) {
  const messages = useMessages();
  const words = useDemoWords();
  const { number } = useFormats();
  const { submission, job, error } = state;
  if (error !== null) {
    return <ErrorNotice heading={words.failed} description={describeError(messages, error)} isAlert />;
  }
  if (submission === undefined) return <p className="text-text-3">{words.requested}</p>;
  if (job === undefined) return <p className="text-text-2">{messages.jobs.submissionStates[submission.state]}</p>;
  const { instanceNo, status, progress, findingCount, capabilities } = job;
  const isDone = status.phase === "completed";
  return (
    <p className="flex flex-wrap items-center gap-x-3" role="status">
      <Link className="inline-flex items-center gap-2 py-0.5" to="/jobs/$instanceNo" params={{ instanceNo }}>
        <StatusShape phase={status.phase} />
        {statusLabel(messages, status)}
      </Link>
      {isDone || progress === null ? null : <span className="text-text-3 tabular-nums">{number(progress)}%</span>}
      {isDone && findingCount !== null ? <span>{words.findings(findingCount, number(findingCount))}</span> : null}
      {capabilities.report ? (
        <Link
          className="py-0.5"
          to="/jobs/$instanceNo/report"
          params={{ instanceNo }}
          aria-label={words.reportOf(title)}
        >
          {words.report}
        </Link>
      ) : null}
    </p>
  );
}
