import { createHash } from "node:crypto";
import { createMemoToken } from "@wsc-dashboard/wsc-core";

/**
 * The memo token of a schedule's run due at `dueAt` (milliseconds). Always the same, so that a database restored from a backup
 * finds the job of a run which it does not remember having made.
 */
export function runToken(scheduleId: string, dueAt: number): string {
  return createMemoToken(createHash("sha256").update(`${scheduleId} ${dueAt}`).digest().subarray(0, 10));
}
