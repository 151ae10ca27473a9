import type { Job } from "@wsc-dashboard/wsc-core";
import type { Formats } from "../../messages/formats.ts";

export function isRunning({ status }: Job): boolean {
  return status.phase === "crawling" || status.phase === "scanning" || status.phase === "stopping";
}

/** How long a job took, or has been running; `null` when its start is not known. */
export function jobDuration(job: Job, formats: Formats, now: number): string | null {
  if (job.startedAt === null || job.status.phase === "waiting") return null;
  if (job.endedAt === null && !isRunning(job)) return null;
  const end = job.endedAt === null ? now : Date.parse(job.endedAt);
  return formats.duration(end - Date.parse(job.startedAt));
}
