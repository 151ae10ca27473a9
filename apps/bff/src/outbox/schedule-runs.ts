import type { SubmissionState } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { SubmissionRow } from "../database/schema.ts";
import type { AuditActor, RowChanges } from "./apply-transition.ts";
import { afterWithdrawal } from "./decisions.ts";
import type { OutboxContext } from "./outbox-context.ts";
import { reasonText, type Tx } from "./records.ts";

export type NewRun = Pick<
  SubmissionRow,
  | "id"
  | "token"
  | "owner_id"
  | "owner_name"
  | "request"
  | "target"
  | "due_at"
  | "collision"
  | "blackout"
  | "zone"
  | "rescan_of"
> & { readonly schedule_id: string };

/** The columns of a run that a schedule shows. */
export type RunRow = Pick<SubmissionRow, "id" | "due_at" | "state" | "reason" | "instance_no">;

/** Maximum retries of a withdrawal when other processes change the row; each change brings the row closer to its end. */
const maxTries = 10;

async function withdrawRow(
  tx: Tx,
  { apply }: RowChanges,
  id: string,
  at: number,
  { by, details }: { readonly by: AuditActor; readonly details: Readonly<Record<string, string>> },
): Promise<void> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const row = await tx.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
    const name = row.withdrawn_at === null ? afterWithdrawal(row.state) : null;
    if (name === null) return;
    const reason = name === "withdraw" ? { reason: reasonText("SCHEDULE_RUN_WITHDRAWN", false) } : {};
    // Another process changed the row since it was read: read it again.
    if ((await apply(name, row, { at, by, details, set: { withdrawn_at: at, ...reason } })) !== null) return;
  }
  throw new Error("a run changed again and again while it was withdrawn");
}

/** Changes that schedules make to their runs; always inside the schedule's transaction. */
export function createScheduleRuns({ database, timings, withinTransaction }: OutboxContext) {
  const guarded = translateDatabaseErrors(database);
  return {
    /** Inserts one submission for each run; an existing run stays unchanged. */
    async insertRun(tx: Tx, run: NewRun, at: number): Promise<void> {
      const isMissed = at > run.due_at + timings.misfireGraceMs;
      const reason = isMissed ? reasonText("SUBMISSION_MISSED", false) : null;
      const details = { schedule: run.schedule_id, dueAt: new Date(run.due_at).toISOString() };
      await withinTransaction(tx, ({ insert }) =>
        insert(isMissed ? "createMissed" : "create", { ...run, created_at: at, reason }, { at, details }),
      );
    },

    /**
     * Withdraws the open runs of a schedule that was paused, changed or deleted. Runs of which no call has left are cancelled;
     * the others may still be bound to their job and are never resent. `act` is what was done to the schedule.
     */
    async withdrawRuns(tx: Tx, scheduleId: string, at: number, by: AuditActor, act: string): Promise<void> {
      const open = await tx
        .selectFrom("submission")
        .select("id")
        .where("schedule_id", "=", scheduleId)
        .where("settled_at", "is", null)
        .where("withdrawn_at", "is", null)
        .orderBy("id")
        .execute();
      const details = { code: "SCHEDULE_RUN_WITHDRAWN", schedule: scheduleId, act };
      await withinTransaction(tx, async (changes) => {
        for (const { id } of open) await withdrawRow(tx, changes, id, at, { by, details });
      });
    },

    /** The newest runs of a schedule, by due time. */
    latestRuns: (scheduleId: string, count: number): Promise<RunRow[]> =>
      guarded(() =>
        database.db
          .selectFrom("submission")
          .select(["id", "due_at", "state", "reason", "instance_no"])
          .where("schedule_id", "=", scheduleId)
          .orderBy("due_at", "desc")
          .limit(count)
          .execute(),
      ),

    /** States of the newest settled runs that were due after `after`. */
    async latestSettled(tx: Tx, scheduleId: string, after: number, count: number): Promise<SubmissionState[]> {
      const rows = await tx
        .selectFrom("submission")
        .select("state")
        .where("schedule_id", "=", scheduleId)
        .where("due_at", ">", after)
        .where("settled_at", "is not", null)
        .orderBy("due_at", "desc")
        .limit(count)
        .execute();
      return rows.map(({ state }) => state);
    },
  };
}
export type ScheduleRuns = ReturnType<typeof createScheduleRuns>;
