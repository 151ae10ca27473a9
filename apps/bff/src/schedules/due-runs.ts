import { randomUUID } from "node:crypto";
import { targetHostOf } from "@wsc-dashboard/wsc-core";
import type { AuditChain } from "../audit/audit-chain.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { ScheduleRow } from "../database/schema.ts";
import { recordNotification } from "../notifications/record-notification.ts";
import type { Tx } from "../outbox/records.ts";
import type { NewRun, ScheduleRuns } from "../outbox/schedule-runs.ts";
import { nextRunAfter } from "./run-times.ts";
import { runToken } from "./run-token.ts";
import { blackoutOf, bySystem, recordAct, ruleOf, storedRequestOf } from "./schedule-rows.ts";

/** So many runs in a row that failed pause a schedule. */
const failuresBeforePause = 3;
/** Missed runs written down one by one after a long time off; older ones are only counted by their absence. */
const missedKept = 100;
const schedulesPerLook = 100;

export interface DueRunParts {
  readonly database: OpenDatabase;
  readonly audit: AuditChain;
  readonly outbox: Pick<ScheduleRuns, "insertRun" | "withdrawRuns" | "latestSettled">;
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

/** Makes the runs of schedules: one submission for each, at the instant promised, never two and never a burst. */
export function createDueRuns({ database, audit, outbox }: DueRunParts) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  /** Whether the newest runs, as many as count, all failed. */
  async function keepsFailing(tx: Tx, row: ScheduleRow): Promise<boolean> {
    const latest = await outbox.latestSettled(tx, row.id, row.resumed_at, failuresBeforePause);
    return latest.length === failuresBeforePause && latest.every((state) => state === "FAILED");
  }

  /** Makes the run that the schedule stands at. `isLast`: those after it and before now are left out. `false` when none was due. */
  async function makeRun(tx: Tx, id: string, at: number, isLast: boolean): Promise<boolean> {
    const row = await tx.selectFrom("schedule").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined || row.paused_by !== null || row.next_at === null || row.next_at > at) return false;
    const dueAt = row.next_at;
    const isFailing = await keepsFailing(tx, row);
    const next_at = isFailing ? null : nextRunAfter(ruleOf(row), blackoutOf(row), isLast ? at : dueAt);
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
    // The clock may have gone back: then the run is there already, sent, waiting or cancelled.
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
     * Makes a submission for every run that has come due: one transaction each, conditional on the run it stands at, so that
     * replicas and restarts make none twice. Runs missed for too long are written down as missed.
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
            // After a very long time off the oldest runs are left out: a hundred lines say enough.
            const isLast = made === missedKept - 1;
            if (!(await db.transaction().execute((tx) => makeRun(tx, id, at, isLast)))) break;
          }
        }
      }),
  };
}
