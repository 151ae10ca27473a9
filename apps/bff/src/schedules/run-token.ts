import { createHash } from "node:crypto";
import { createMemoToken } from "@wsc-dashboard/wsc-core";

/**
 * The memo token of a schedule's run due at `dueAt` (milliseconds). Always the same, so that the job of a run is found by a store
 * that was put back from a backup and does not remember having made it.
 */
export function runToken(scheduleId: string, dueAt: number): string {
  return createMemoToken(createHash("sha256").update(`${scheduleId} ${dueAt}`).digest().subarray(0, 10));
}
