import type { Capabilities } from "./job.ts";
import { isFinalPhase, type JobStatus } from "./job-status.ts";
import { isRescanOpen } from "./rescan.ts";

export interface CapabilityFacts {
  /** The vendor's word for the one button it would show; any other text is possible. */
  readonly button: string;
  readonly status: JobStatus;
  readonly endedAt: Date | null;
  /** When the report expires, as far as known. */
  readonly reportExpiresAt: Date | null;
  readonly now: Date;
}

const buttons: ReadonlySet<string> = new Set(["report", "cancel", "terminate", "expired", "cause"]);

/**
 * Returns the actions to offer for a job. The vendor's `result_button` may be an offer or a state (docs/upstream-api.md section
 * 8.3): it is read as an offer, unless the status says that the job has ended. Without a known button the status decides.
 */
export function capabilitiesOf({ button, status, endedAt, reportExpiresAt, now }: CapabilityFacts): Capabilities {
  const { phase, code } = status;
  const silent = !buttons.has(button);
  const over = isFinalPhase(phase);
  const expired = button === "expired" || (reportExpiresAt !== null && now >= reportExpiresAt);
  const urlCollectionDone = code === 14;
  return {
    report: !expired && (button === "report" || (silent && phase === "completed")),
    cancel: !over && (button === "cancel" || (silent && phase === "waiting")),
    stop:
      !over &&
      (button === "terminate" || (silent && (phase === "crawling" || phase === "scanning" || urlCollectionDone))),
    rescan: phase === "completed" && button !== "expired" && (endedAt === null || isRescanOpen(endedAt, now)),
    cause: button === "cause" || phase === "failed",
  };
}
