import type { Submission, SubmissionState } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditEvent } from "../audit/audit-event.ts";
import type { Database, SubmissionRow } from "../store/schema.ts";

export type Reason = NonNullable<Submission["reason"]>;
export type Tx = Transaction<Database>;

export const leaseMs = 60_000;
export const noLease = { lease_owner: null, lease_until: null } as const;

export const waiting: readonly SubmissionState[] = ["SCHEDULED", "HELD", "RETRY_WAIT"];
export const searching: readonly SubmissionState[] = ["ACCEPTED", "IN_DOUBT"];
export const onTheWay: readonly SubmissionState[] = ["CLAIMED", "DISPATCHING", ...searching];
const settledStates: ReadonlySet<SubmissionState> = new Set(["BOUND", "MISSED", "FAILED", "CANCELLED"]);

export const reasonText = (code: string, retryable: boolean): string =>
  JSON.stringify({ code, retryable } satisfies Reason);

/** The audit entry of something that happened to a submission, by the system unless `who` says otherwise. */
export function submissionEvent(
  row: Pick<SubmissionRow, "id" | "target">,
  at: number,
  action: string,
  result: AuditEvent["result"],
  details: AuditEvent["details"] = {},
  who: Pick<AuditEvent, "actor" | "name" | "roles"> = { actor: "system" },
): AuditEvent {
  return {
    at,
    ...who,
    action,
    object: `submission/${row.id}`,
    target: row.target,
    result,
    details,
  };
}

/** The one way a submission changes. `true` when the row was still of that fence and in one of the states. */
export async function change(
  tx: Tx,
  row: Pick<SubmissionRow, "id" | "fence">,
  from: readonly SubmissionState[],
  set: Partial<SubmissionRow> & { state: SubmissionState },
  at: number,
): Promise<boolean> {
  const settled = settledStates.has(set.state);
  const { numUpdatedRows } = await tx
    .updateTable("submission")
    .set({ ...set, ...(settled ? { settled_at: at, next_at: null, ...noLease } : {}) })
    .where("id", "=", row.id)
    .where("fence", "=", row.fence)
    .where("state", "in", [...from])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function setAttemptCode(tx: Tx, row: Pick<SubmissionRow, "id" | "attempts">, code: string): Promise<void> {
  await tx
    .updateTable("attempt")
    .set({ code })
    .where("submission_id", "=", row.id)
    .where("number", "=", row.attempts)
    .execute();
}
