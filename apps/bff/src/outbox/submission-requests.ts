import { type JobRequest, type Submission, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import type { AuditChain } from "../audit/audit-chain.ts";
import { actedBy } from "../audit/audit-event.ts";
import { appendConsents } from "../audit/consents.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { SubmissionRow } from "../database/schema.ts";
import type { User } from "../identity/identity.ts";
import type { AuditActor, RowChanges } from "./apply-transition.ts";
import type { OutboxContext } from "./outbox-context.ts";
import type { Tx } from "./records.ts";
import { viewOf, viewWithAttempts } from "./submission-view.ts";

export interface NewSubmission {
  readonly id: string;
  readonly token: string;
  readonly request: JobRequest;
  readonly user: User;
  readonly createdAt: number;
  readonly dueAt: number;
  /** The wall time a person chose, for a reservation. */
  readonly when?: { readonly localTime: string; readonly zone: string };
  readonly requestId: string;
}

/** What a person decides about a submission in NEEDS_REVIEW. */
export type Resolution =
  | { readonly kind: "exists"; readonly instanceNo: string }
  | { readonly kind: "resend" }
  | { readonly kind: "drop" };

async function existingRow(tx: Tx, id: string): Promise<SubmissionRow> {
  const row = await tx.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw new WscError("SUBMISSION_NOT_FOUND");
  return row;
}

function applyResolution(
  { apply }: RowChanges,
  row: SubmissionRow,
  at: number,
  by: AuditActor,
  choice: Resolution,
): Promise<SubmissionRow | null> {
  switch (choice.kind) {
    case "exists": {
      const { instanceNo } = choice;
      const set = { instance_no: instanceNo, reason: null };
      return apply("resolveExists", row, { at, by, set, details: { instanceNo } });
    }
    case "drop":
      return apply("resolveDrop", row, { at, by, set: { reason: null } });
    case "resend":
      // The decision starts the grace again: the one of the first due time has long expired.
      return apply("resolveResend", row, {
        at,
        by,
        set: { due_at: at, proven_absent: 0, attempts: 0, reason: null },
      });
  }
}

/** What people do with submissions: create one, cancel one, decide about one in review. */
export function createSubmissionRequests({ database, ledger, withinTransaction }: OutboxContext, audit: AuditChain) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    /**
     * Inserts a submission in the caller's transaction. Throws BUDGET_EXHAUSTED if it is due now, RESERVATIONS_EXHAUSTED if
     * later.
     */
    async insert(
      tx: Tx,
      { id, token, request, user, createdAt, dueAt, when, requestId }: NewSubmission,
    ): Promise<Submission> {
      if (dueAt <= createdAt) {
        const pending = await ledger.pending(tx, createdAt, user.id);
        if (await ledger.isOver(tx, user.id, createdAt, pending)) throw new WscError("BUDGET_EXHAUSTED");
      }
      const target = targetHostOf(request.startUrl);
      const row = await withinTransaction(tx, ({ insert }) =>
        insert(
          "create",
          {
            id,
            token,
            owner_id: user.id,
            owner_name: user.name,
            request: JSON.stringify(request),
            target,
            created_at: createdAt,
            due_at: dueAt,
            local_time: when?.localTime ?? null,
            zone: when?.zone ?? null,
            rescan_of: request.rescanOf ?? null,
          },
          {
            at: createdAt,
            by: { ...actedBy(user), requestId },
            details: { startUrl: request.startUrl, dueAt: new Date(dueAt).toISOString() },
          },
        ),
      );
      if (row === null) throw new WscError("INTERNAL_ERROR", "the id or token of a new submission was in use");
      // Counted after the insertion, whose audit entry serialises concurrent transactions of this kind.
      if (dueAt > createdAt && (await ledger.hasTooManyReservations(tx, user.id))) {
        const code = "RESERVATIONS_EXHAUSTED";
        throw new WscError(code, undefined, { errors: [{ pointer: "/when/localTime", code }] });
      }
      const object = `submission/${id}`;
      await appendConsents(audit, tx, request, { at: createdAt, ...actedBy(user), object, target, requestId });
      return viewOf(row, [], user);
    },

    /** Cancels a submission that has not been claimed. Throws SUBMISSION_NOT_FOUND or SUBMISSION_IN_FLIGHT. */
    cancel: (id: string, at: number, user: User, requestId: string): Promise<Submission> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const row = await existingRow(tx, id);
          const by = { ...actedBy(user), requestId };
          const cancelled = await withinTransaction(tx, ({ apply }) =>
            apply("cancel", row, { at, by, set: { reason: null } }),
          );
          if (cancelled === null) throw new WscError("SUBMISSION_IN_FLIGHT");
          return viewWithAttempts(tx, cancelled, user);
        }),
      ),

    /**
     * Applies a person's decision about a submission in NEEDS_REVIEW. Throws SUBMISSION_NOT_FOUND, SUBMISSION_IN_FLIGHT, or
     * SCHEDULE_RUN_WITHDRAWN for a withdrawn run that is not to be resent.
     */
    resolve: (id: string, at: number, user: User, requestId: string, choice: Resolution): Promise<Submission> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const row = await existingRow(tx, id);
          const by = { ...actedBy(user), requestId };
          const resolved = await withinTransaction(tx, (changes) => applyResolution(changes, row, at, by, choice));
          if (resolved === null) {
            const { state, withdrawn_at } = await existingRow(tx, id);
            const isWithdrawn = state === "NEEDS_REVIEW" && withdrawn_at !== null;
            throw new WscError(isWithdrawn ? "SCHEDULE_RUN_WITHDRAWN" : "SUBMISSION_IN_FLIGHT");
          }
          if (choice.kind === "resend") await tx.deleteFrom("attempt").where("submission_id", "=", id).execute();
          return viewWithAttempts(tx, resolved, user);
        }),
      ),
  };
}
