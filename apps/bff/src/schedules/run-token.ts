import { createHash } from "node:crypto";
import { createMemoToken } from "@wsc-dashboard/wsc-core";

/**
 * The memo token of the run due at `dueAt` (milliseconds). Deterministic, so that after a restore from a backup the job of a run
 * which the database does not know of is found.
 */
export function runToken(scheduleId: string, dueAt: number): string {
  return createMemoToken(createHash("sha256").update(`${scheduleId} ${dueAt}`).digest().subarray(0, 10));
}
