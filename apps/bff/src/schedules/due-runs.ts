import { randomUUID } from "node:crypto";
import { targetHostOf } from "@wsc-dashboard/wsc-core";
import type { AuditChain } from "../audit/audit-chain.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { ScheduleRow } from "../database/schema.ts";
import { recordNotification } from "../notifications/record-notification.ts";
import type { SubmissionTimings } from "../outbox/decisions.ts";
import type { Tx } from "../outbox/records.ts";
import type { NewRun, ScheduleRuns } from "../outbox/schedule-runs.ts";
import { nextRunAfter } from "./run-times.ts";
import { runToken } from "./run-token.ts";
import { blackoutOf, bySystem, recordAct, ruleOf, storedRequestOf } from "./schedule-rows.ts";

/** A schedule is paused after this many failed runs in a row. */
const failuresBeforePause = 3;
/** At most this many missed runs are recorded one by one after a long downtime; the later ones are skipped. */
const missedKept = 100;
const schedulesPerLook = 100;

export interface DueRunParts {
  readonly database: OpenDatabase;
  readonly audit: AuditChain;
  readonly outbox: Pick<ScheduleRuns, "insertRun" | "withdrawRuns" | "latestSettled">;
  readonly timings: Pick<SubmissionTimings, "misfireGraceMs">;
}

function runOf(row: ScheduleRow, dueAt: number): NewRun {
  const kept = storedRequestOf(row);
  return {
    id: randomUUID(),
    token: runToken(row.id, dueAt),
    owner_id: row.owner_id,
    owner_name: row.owner_name,
    request: JSON.stringify({ ...kept, signIn: { kind: "none" } }),
    target: targetHostOf(kept.startUrl),
    due_at: dueAt,
    schedule_id: row.id,
    collision: row.collision,
    blackout: row.blackout,
    zone: ruleOf(row).zone,
    rescan_of: kept.rescanOf ?? null,
  };
}

/** Creates the runs of schedules: one submission each, for the promised instant, never twice and never in a burst. */
export function createDueRuns({ database, audit, outbox, timings }: DueRunParts) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  /** Whether the newest settled runs all failed, as many as pause a schedule. */
  async function keepsFailing(tx: Tx, row: ScheduleRow): Promise<boolean> {
    const latest = await outbox.latestSettled(tx, row.id, row.resumed_at, failuresBeforePause);
    return latest.length === failuresBeforePause && latest.every((state) => state === "FAILED");
  }

  /** Creates the schedule's next run. `isLast`: skips the runs after it that are past their grace. Returns `false` when none was created. */
  async function makeRun(tx: Tx, id: string, at: number, isLast: boolean): Promise<boolean> {
    const row = await tx.selectFrom("schedule").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined || row.paused_by !== null || row.next_at === null || row.next_at > at) return false;
    const dueAt = row.next_at;
    const isFailing = await keepsFailing(tx, row);
    const next_at = isFailing
      ? null
      : nextRunAfter(ruleOf(row), blackoutOf(row), isLast ? Math.max(dueAt, at - timings.misfireGraceMs - 1) : dueAt);
    const { numUpdatedRows } = await tx
      .updateTable("schedule")
      .set({ next_at, paused_by: isFailing ? "failures" : null })
      .where("id", "=", id)
      .where("next_at", "=", dueAt)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    if (isFailing) {
      const facts = { target: runOf(row, dueAt).target, scheduleId: id };
      await recordNotification(tx, { event: "schedule.paused", subject: `${id}/${dueAt}`, at, facts });
      await outbox.withdrawRuns(tx, id, at, bySystem, "pause");
      await recordAct(audit, tx, row, at, bySystem, "pause");
      return false;
    }
    // If the clock went back, the run exists already: sent, waiting or cancelled.
    await outbox.insertRun(tx, runOf(row, dueAt), at);
    return true;
  }

  return {
    isAnyRunDue: (at: number): Promise<boolean> =>
      guarded(async () => {
        const due = await db
          .selectFrom("schedule")
          .select("id")
          .where("next_at", "<=", at)
          .where("paused_by", "is", null)
          .limit(1)
          .executeTakeFirst();
        return due !== undefined;
      }),

    /**
     * Creates a submission for every due run: one transaction each, conditional on the schedule's next run, so that replicas and
     * restarts create none twice. Runs past their grace are recorded as missed.
     */
    makeDueRuns: (at: number): Promise<void> =>
      guarded(async () => {
        const due = await db
          .selectFrom("schedule")
          .select(["id"])
          .where("next_at", "<=", at)
          .where("paused_by", "is", null)
          .orderBy("next_at")
          .limit(schedulesPerLook)
          .execute();
        for (const { id } of due) {
          for (let made = 0; made < missedKept; made += 1) {
            // After a very long downtime a hundred recorded runs are enough; the later ones are skipped unless they can still be sent.
            const isLast = made === missedKept - 1;
            if (!(await db.transaction().execute((tx) => makeRun(tx, id, at, isLast)))) break;
          }
        }
      }),
  };
}
