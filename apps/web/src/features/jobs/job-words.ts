import { isJobStatusCode, type Job } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../../messages/en.ts";
import type { Formats } from "../../messages/formats.ts";
import { withVisibleControls } from "../../ui/plain-text.tsx";

/** A status in the reader's words: by the vendor's number when it is certain, else by its phase, else as it came. */
export function statusWord({ jobs }: Messages, status: Job["status"]): string {
  if (status.code !== undefined && isJobStatusCode(status.code)) return jobs.statusWords[status.code];
  return status.phase === "unknown"
    ? jobs.unknownStatus(withVisibleControls(status.text))
    : jobs.phaseWords[status.phase];
}

export function isRunning({ status }: Job): boolean {
  return status.phase === "crawling" || status.phase === "scanning" || status.phase === "stopping";
}

/** How long a job took, or has been running for; `null` when no start is known. */
export function jobDuration(job: Job, formats: Formats, now: number): string | null {
  if (job.startedAt === null || job.status.phase === "waiting") return null;
  if (job.endedAt === null && !isRunning(job)) return null;
  const end = job.endedAt === null ? now : Date.parse(job.endedAt);
  return formats.duration(end - Date.parse(job.startedAt));
}
