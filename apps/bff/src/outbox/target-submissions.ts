import type { SubmissionState } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { isLoginFailure, type Reason } from "./states.ts";

const waitingStates: readonly SubmissionState[] = ["SCHEDULED", "HELD", "RETRY_WAIT"];
/** Older failed logins are ignored. */
const loginNewsMs = 30 * 86_400_000;

export interface ReservedScan {
  readonly id: string;
  readonly host: string;
  readonly dueAt: number;
}

/** A submission that ended at the login of its target. */
export interface FailedLogin {
  readonly host: string;
  readonly at: number;
}

export type TargetSubmissions = ReturnType<typeof createTargetSubmissions>;

/** Facts about targets that come from submissions. */
export function createTargetSubmissions(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    /** Waiting submissions that people made, with the time of their next try; runs of schedules are excluded. */
    reserved: (): Promise<ReservedScan[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .select(["id", "target", "due_at", "next_at"])
          .where("state", "in", [...waitingStates])
          .where("schedule_id", "is", null)
          .execute();
        return rows.map(({ id, target, due_at, next_at }) => ({
          id,
          host: target,
          dueAt: Math.max(due_at, next_at ?? due_at),
        }));
      }),

    /** The latest failed login of each target within 30 days, unless a later submission of the target succeeded. */
    failedLogins: (at: number): Promise<FailedLogin[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .select(["target", "state", "reason", "settled_at"])
          .where("settled_at", ">", at - loginNewsMs)
          .where("state", "in", ["FAILED", "BOUND"])
          .orderBy("settled_at")
          .execute();
        const latest = new Map<string, FailedLogin>();
        for (const { target, state, reason, settled_at } of rows) {
          const code = reason === null ? "" : (JSON.parse(reason) as Reason).code;
          if (settled_at !== null && isLoginFailure(code)) latest.set(target, { host: target, at: settled_at });
          else if (state === "BOUND") latest.delete(target);
        }
        return [...latest.values()];
      }),

    countOf: (state: SubmissionState): Promise<number> =>
      guarded(async () => {
        const { count } = await db
          .selectFrom("submission")
          .select((row) => row.fn.countAll().as("count"))
          .where("state", "=", state)
          .executeTakeFirstOrThrow();
        return Number(count);
      }),
  };
}
