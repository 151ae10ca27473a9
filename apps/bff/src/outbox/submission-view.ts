import type { JobRequest, Submission } from "@wsc-dashboard/wsc-core";
import type { Kysely } from "kysely";
import type { AttemptRow, Database, SubmissionRow } from "../database/schema.ts";
import type { User } from "../identity/identity.ts";
import type { Reason } from "./states.ts";

/** A submission as the API returns it, for `viewer` if given; `attempts` may contain those of other submissions. */
export function viewOf(row: SubmissionRow, attempts: readonly AttemptRow[], viewer?: User): Submission {
  const request = JSON.parse(row.request) as JobRequest;
  return {
    id: row.id,
    state: row.state,
    startUrl: request.startUrl,
    memo: request.memo,
    createdAt: new Date(row.created_at).toISOString(),
    createdBy: row.owner_name,
    ...(viewer === undefined ? {} : { isOwn: row.owner_id === viewer.id || viewer.roles.includes("admin") }),
    dueAt: new Date(row.due_at).toISOString(),
    ...(row.local_time === null || row.zone === null ? {} : { when: { localTime: row.local_time, zone: row.zone } }),
    ...(row.withdrawn_at === null ? {} : { isWithdrawn: true }),
    ...(row.schedule_id === null ? {} : { scheduleId: row.schedule_id }),
    ...(row.instance_no === null ? {} : { instanceNo: row.instance_no }),
    attempts: attempts
      .filter(({ submission_id }) => submission_id === row.id)
      .map(({ signed_at, code }) => ({
        sentAt: new Date(signed_at).toISOString(),
        ...(code === null ? {} : { code }),
      })),
    ...(row.reason === null ? {} : { reason: JSON.parse(row.reason) as Reason }),
  };
}

/** Submissions with their attempts; `db` may be a transaction. */
export async function viewsOf(
  db: Kysely<Database>,
  rows: readonly SubmissionRow[],
  viewer?: User,
): Promise<Submission[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const attempts = await db
    .selectFrom("attempt")
    .selectAll()
    .where("submission_id", "in", ids)
    .orderBy("number")
    .execute();
  return rows.map((row) => viewOf(row, attempts, viewer));
}

export async function viewWithAttempts(db: Kysely<Database>, row: SubmissionRow, viewer?: User): Promise<Submission> {
  const attempts = await db
    .selectFrom("attempt")
    .selectAll()
    .where("submission_id", "=", row.id)
    .orderBy("number")
    .execute();
  return viewOf(row, attempts, viewer);
}
