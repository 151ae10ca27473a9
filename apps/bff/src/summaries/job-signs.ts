import { isFinalPhase, type JobSign } from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import { isExpired } from "./summary-rows.ts";
import { newestFirst } from "./target-list.ts";

const expiringMs = 30 * 86_400_000;

/** Whether the job is waiting or running. */
export const isActive = ({ phase }: JobSummaryRow): boolean => phase !== "unknown" && !isFinalPhase(phase);

/** Why jobs need attention, by row; others are omitted. `rows`: all jobs; `logins`: times of failed logins by target. */
export function signsOfRows(
  rows: readonly JobSummaryRow[],
  logins: ReadonlyMap<string, number>,
  at: number,
): ReadonlyMap<JobSummaryRow, readonly JobSign[]> {
  const found = new Map<JobSummaryRow, JobSign[]>();
  const add = (row: JobSummaryRow, sign: JobSign): void => {
    found.set(row, [...(found.get(row) ?? []), sign]);
  };
  for (const [target, ofTarget] of Map.groupBy(rows, (row) => row.target)) {
    const sorted = newestFirst(ofTarget);
    const [newest] = sorted;
    if (newest === undefined) continue;
    if (newest.phase === "failed") add(newest, "failed");
    const failedAt = logins.get(target);
    if (failedAt !== undefined && !ofTarget.some(({ started_at }) => started_at !== null && started_at > failedAt)) {
      add(newest, "login");
    }
    const report = sorted.find((row) => row.has_report === 1 && !isExpired(row, at));
    if (report === undefined) continue;
    if (report.read_at === null && report.failures > 0) add(report, "unread");
    if (report.expires_at !== null && report.expires_at - at <= expiringMs) add(report, "expiring");
  }
  for (const row of rows) if (row.phase === "unknown") add(row, "unknown");
  return found;
}
