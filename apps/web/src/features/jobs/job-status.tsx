import type { Job } from "@wsc-dashboard/wsc-core";
import { statusLabel } from "../../domain-ui/status-label.ts";
import { StatusShape } from "../../domain-ui/status-shape.tsx";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { isRunning } from "./job-words.ts";

interface JobStatusProps {
  readonly job: Job;
  readonly isStale?: boolean;
}

/** Shape, word, colour, and a progress bar with its percentage while the job runs. */
export function JobStatus({ job, isStale = false }: JobStatusProps) {
  const messages = useMessages();
  const formats = useFormats();
  const word = statusLabel(messages, job.status);
  const percent = isRunning(job) && job.progress !== null ? Math.round(job.progress) : null;
  return (
    <span className="job-status">
      <span className="status-word">
        <StatusShape phase={job.status.phase} />
        <span>{word}</span>
      </span>
      {percent === null ? null : (
        <span className="job-progress">
          <ProgressBar
            percent={percent}
            label={word}
            valueText={messages.jobs.progressText(word, percent)}
            stale={isStale}
          />
          <span className="figure">{formats.number(percent)} %</span>
        </span>
      )}
    </span>
  );
}
