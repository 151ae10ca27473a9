import type { Job } from "@wsc-dashboard/wsc-core";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { StatusShape } from "../../domain-ui/status-shape.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { isRunning } from "./job-words.ts";

interface JobStatusProps {
  readonly job: Job;
  readonly isStale?: boolean;
  /** As the first thing that a page says. */
  readonly isLarge?: boolean;
}

/** Shape, word, colour, and a progress bar with its percentage while the job runs. */
export function JobStatus({ job, isStale = false, isLarge = false }: JobStatusProps) {
  const messages = useMessages();
  const formats = useFormats();
  const word = statusLabel(messages, job.status);
  const percent = isRunning(job) && job.progress !== null ? Math.round(job.progress) : null;
  return (
    <span className={`inline-grid gap-0.5 ${isLarge ? "text-[1rem]" : ""}`}>
      <span className="inline-flex gap-2 wrap-break-word">
        <StatusShape phase={job.status.phase} className="mt-0.5" />
        <span>{word}</span>
      </span>
      {percent === null ? null : (
        <span className="inline-flex items-center gap-2 ps-6 whitespace-nowrap text-text-2">
          <ProgressBar
            percent={percent}
            label={word}
            valueText={messages.jobs.progressText(word, percent)}
            stale={isStale}
          />
          <span className="tabular-nums">{formats.number(percent)}%</span>
        </span>
      )}
    </span>
  );
}
