import type { PlannedScan, Reading } from "@wsc-dashboard/wsc-core";
import type { JobSummaryRow } from "../database/schema.ts";
import type { OrderedJobs } from "../outbox/ordered-jobs.ts";
import type { ReservedScan, TargetSubmissions } from "../outbox/target-submissions.ts";
import type { PlannedRuns, PlannedSchedule } from "../schedules/planned-runs.ts";
import type { TargetDetailStore } from "../target-details/target-detail-store.ts";
import type { VerdictStore } from "../verdicts/verdict-store.ts";
import type { JobSummaries } from "./job-summaries.ts";
import type { ReadingState } from "./reading-state.ts";
import { instantOf, isExpired } from "./summary-rows.ts";
import type { TargetFacts } from "./target-list.ts";

export interface TargetRecordParts {
  readonly summaries: Pick<JobSummaries, "all">;
  readonly state: Pick<ReadingState, "get">;
  readonly orderedJobs: Pick<OrderedJobs, "rescanCounts">;
  readonly targetDetails: Pick<TargetDetailStore, "all">;
  readonly verdicts: Pick<VerdictStore, "decidedCounts" | "acceptedCount">;
  readonly submissions: TargetSubmissions;
  readonly plannedRuns: PlannedRuns;
  /** Time zone of months. */
  readonly zone: string;
  readonly isReadingOn: boolean;
  readonly now: () => number;
}

/** The next scan of each target, from schedules and reservations. */
function nextScans(schedules: readonly PlannedSchedule[], reserved: readonly ReservedScan[]): Map<string, PlannedScan> {
  const next = new Map<string, PlannedScan>();
  const add = (host: string, scan: PlannedScan): void => {
    const known = next.get(host);
    if (known === undefined || Date.parse(scan.dueAt) < Date.parse(known.dueAt)) next.set(host, scan);
  };
  for (const { id, host, nextAt } of schedules) {
    if (nextAt !== null) add(host, { kind: "schedule", id, dueAt: new Date(nextAt).toISOString() });
  }
  for (const { id, host, dueAt } of reserved) {
    add(host, { kind: "reservation", id, dueAt: new Date(dueAt).toISOString() });
  }
  return next;
}

/** Progress of the background reading. */
export function readingOf(
  rows: readonly JobSummaryRow[],
  state: Awaited<ReturnType<ReadingState["get"]>>,
  isOn: boolean,
  at: number,
): Reading {
  const unread = rows.filter((row) => row.has_report === 1 && row.read_at === null && !isExpired(row, at));
  const failed = unread.filter(({ failures }) => failures > 0).length;
  const { list_read_at, is_list_complete, failure_code, failed_at } = state;
  return {
    isOn,
    jobs: rows.length,
    waiting: unread.length - failed,
    failed,
    listReadAt: instantOf(list_read_at),
    isListComplete: is_list_complete === 1,
    failure:
      failure_code === null || failed_at === null
        ? null
        : { code: failure_code, at: new Date(failed_at).toISOString() },
  };
}

/** Facts about targets that do not come from their jobs. */
export async function gatherFacts(parts: TargetRecordParts, at: number) {
  const { orderedJobs, targetDetails, verdicts, submissions, plannedRuns, zone } = parts;
  const [schedules, reserved, rescans, failedLogins, decided, details] = await Promise.all([
    plannedRuns.schedules(),
    submissions.reserved(),
    orderedJobs.rescanCounts(),
    submissions.failedLogins(at),
    verdicts.decidedCounts(at),
    targetDetails.all(),
  ]);
  const logins = new Map(failedLogins.map((login) => [login.host, login.at]));
  const facts: TargetFacts = {
    next: nextScans(schedules, reserved),
    decided: new Map(decided.map((counts) => [counts.instanceNo, counts])),
    ...{ rescans, failedLogins: logins, details, zone, at },
  };
  return { facts, schedules, reserved };
}
