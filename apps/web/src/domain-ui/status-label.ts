import { isJobStatusCode, type Job } from "@wsc-dashboard/wsc-core";
import type { Messages } from "../messages/en.ts";
import { withVisibleControls } from "../ui/plain-text.tsx";

/** A status in the reader's language: by the vendor's number when it is known, else by its phase, else the vendor's text. */
export function statusLabel({ jobs }: Messages, status: Job["status"]): string {
  if (status.code !== undefined && isJobStatusCode(status.code)) return jobs.statusWords[status.code];
  return status.phase === "unknown"
    ? jobs.unknownStatus(withVisibleControls(status.text))
    : jobs.phaseWords[status.phase];
}
