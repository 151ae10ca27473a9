import { type ErrorCode, isErrorCode, type SubmissionState } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Reason } from "./states.ts";

/** Codes with which a login at the target ends a submission before a job is made. */
const loginCodes: ReadonlySet<ErrorCode> = new Set(["160331", "160332", "160351", "160353"]);
const waitingStates: readonly SubmissionState[] = ["SCHEDULED", "HELD", "RETRY_WAIT"];
/** A login that failed longer ago is no news. */
const loginNewsMs = 30 * 86_400_000;

export interface ReservedScan {
  readonly id: string;
  readonly host: string;
  readonly dueAt: number;
}

/** Of a submission that ended at the login of its target. */
export interface FailedLogin {
  readonly host: string;
  readonly at: number;
}

export type TargetSubmissions = ReturnType<typeof createTargetSubmissions>;

/** What submissions say of targets, for whoever looks at these. */
export function createTargetSubmissions(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    /** Reservations that wait for their time; runs of schedules are left out. */
    reserved: (): Promise<ReservedScan[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .select(["id", "target", "due_at"])
          .where("state", "in", [...waitingStates])
          .where("schedule_id", "is", null)
          .execute();
        return rows.map(({ id, target, due_at }) => ({ id, host: target, dueAt: due_at }));
      }),

    /** The latest login of each target that failed within a month and after which none succeeded. */
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
          if (settled_at !== null && isErrorCode(code) && loginCodes.has(code))
            latest.set(target, { host: target, at: settled_at });
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
