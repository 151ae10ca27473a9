import {
  type ComparisonCounts,
  expiryReminderDays,
  isFinalPhase,
  type NamedFindings,
  type NotificationFacts,
} from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { Database, JobSummaryRow } from "../database/schema.ts";
import { isWanted, type NotedEvent, recordNotification, unrecorded } from "../notifications/record-notification.ts";
import { instantOf, type ListedColumns } from "./summary-rows.ts";

type Tx = Transaction<Database>;

const dayMs = 86_400_000;
/** Older endings are not notified, for example when the dashboard reads an account for the first time. */
const newsMs = 7 * dayMs;
/** The vendor's clock may be behind, and its times have no seconds. */
const clockToleranceMs = 5 * 60_000;

/** A job with the time it ended, as far as known. */
type EndedJob = Pick<JobSummaryRow, "instance_no" | "target" | "started_at" | "ended_at">;

async function notifyOfJob(
  tx: Tx,
  event: "job.finished" | "job.failed",
  job: EndedJob,
  at: number,
  facts: Partial<NotificationFacts> = {},
): Promise<void> {
  const endedAt = job.ended_at ?? job.started_at;
  if (endedAt === null || at - endedAt > newsMs) return;
  const happenedAt = Math.min(at, endedAt + clockToleranceMs);
  const { instance_no: instanceNo, target } = job;
  const subject = `${instanceNo}/${endedAt}`;
  await recordNotification(tx, { event, subject, at, happenedAt, facts: { target, instanceNo, ...facts } });
}

/** Notifies of a job that the list shows as ended, when no report will follow. `before`: the known row; `null` for a new job. */
export async function notifyOfListed(
  tx: Tx,
  listed: ListedColumns,
  before: JobSummaryRow | null,
  at: number,
): Promise<void> {
  if (!isFinalPhase(listed.phase) || before?.phase === listed.phase) return;
  if (listed.phase === "failed") await notifyOfJob(tx, "job.failed", listed, at);
  if (listed.phase === "completed" && listed.has_report === 0) await notifyOfJob(tx, "job.finished", listed, at);
}

/** Notifies of a report that was read, with the changes since its partner if known. Recorded once, by the first caller. */
export async function notifyOfReport(
  tx: Tx,
  row: JobSummaryRow,
  at: number,
  { changes, findings }: { readonly changes?: ComparisonCounts; readonly findings?: readonly NamedFindings[] } = {},
): Promise<void> {
  const { total, high, medium, low } = row;
  await notifyOfJob(tx, "job.finished", row, at, {
    counts: { total, high, medium, low },
    ...(findings === undefined ? {} : { findings }),
    ...(changes === undefined
      ? {}
      : {
          changes: {
            new: changes.new.total,
            remaining: changes.remaining,
            fixed: changes.fixed.total,
            notRetested: changes.notRetested,
          },
        }),
  });
}

/** Notifies of a finished job whose report cannot be read: better without counts than not at all. */
export const notifyOfUnreadReport = (tx: Tx, row: JobSummaryRow, code: string, at: number): Promise<void> =>
  notifyOfJob(tx, "job.finished", row, at, { code });

/** Reports that expire in `days` days, or reached that point recently. */
async function expiringReports(tx: Tx, days: number, at: number): Promise<NotedEvent[]> {
  const rows = await tx
    .selectFrom("job_summary")
    .select(["instance_no", "target", "expires_at"])
    .where("expires_at", "<=", at + days * dayMs)
    .where("expires_at", ">", Math.max(at, at + days * dayMs - newsMs))
    .where("has_report", "=", 1)
    .execute();
  return rows.map(({ instance_no, target, expires_at }) => ({
    event: "report.expires",
    subject: `${days}/${instance_no}/${expires_at}`,
    at,
    happenedAt: (expires_at ?? 0) - days * dayMs,
    facts: { target, instanceNo: instance_no, daysLeft: days, expiresAt: instantOf(expires_at) ?? "" },
  }));
}

/** Notifies of reports that expire soon, once for each reminder day. */
export async function notifyOfExpiry(tx: Tx, at: number): Promise<void> {
  if (!(await isWanted(tx, "report.expires"))) return;
  for (const days of expiryReminderDays) {
    for (const event of await unrecorded(tx, await expiringReports(tx, days, at))) await recordNotification(tx, event);
  }
}
