import { type BudgetUse, type JobRequest, type Submission, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import { actedBy } from "../audit/audit-event.ts";
import { appendConsents } from "../audit/consents.ts";
import type { User } from "../identity/identity.ts";
import { storeGuard } from "../store/store-guard.ts";
import type { SubmissionContext } from "./submission-context.ts";
import { change, noLease, submissionEvent, type Tx, waiting } from "./submission-record.ts";
import { viewOf, viewsOf, viewWithAttempts } from "./submission-view.ts";

const dayMs = 86_400_000;

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

/** What people ask of submissions: to make one, to see them, to take one back, to decide about one in doubt. */
export function createSubmissionRequests({ store, audit, book }: SubmissionContext) {
  const { db } = store;
  const guarded = storeGuard(store);

  return {
    /** Inside the transaction of the request that wishes for it. Throws BUDGET_EXHAUSTED for one that is due now. */
    async insert(
      tx: Tx,
      { id, token, request, user, createdAt, dueAt, when, requestId }: NewSubmission,
    ): Promise<Submission> {
      if (dueAt <= createdAt) {
        const pending = await book.pending(tx, createdAt, user.id);
        if (await book.isOver(tx, user.id, createdAt, pending)) throw new WscError("BUDGET_EXHAUSTED");
      }
      const row = await tx
        .insertInto("submission")
        .values({
          id,
          token,
          state: "SCHEDULED",
          owner_id: user.id,
          owner_name: user.name,
          request: JSON.stringify(request),
          target: targetHostOf(request.startUrl),
          created_at: createdAt,
          due_at: dueAt,
          next_at: dueAt,
          ...noLease,
          signed_at: null,
          last_absence_at: null,
          instance_no: null,
          reason: null,
          settled_at: null,
          schedule_id: null,
          collision: null,
          blackout: null,
          local_time: when?.localTime ?? null,
          zone: when?.zone ?? null,
          rescan_of: request.rescanOf ?? null,
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      await audit.append(tx, {
        ...submissionEvent(
          row,
          createdAt,
          "submission.create",
          "done",
          { startUrl: request.startUrl, dueAt: new Date(dueAt).toISOString() },
          actedBy(user),
        ),
        requestId,
      });
      await appendConsents(audit, tx, request, {
        at: createdAt,
        ...actedBy(user),
        object: `submission/${id}`,
        target: row.target,
        requestId,
      });
      return viewOf(row, [], user);
    },

    get: (id: string, viewer?: User): Promise<Submission | null> =>
      guarded(async () => {
        const row = await db.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirst();
        return row === undefined ? null : viewWithAttempts(db, row, viewer);
      }),

    ownerOf: (id: string): Promise<string | null> =>
      guarded(async () => {
        const row = await db.selectFrom("submission").select("owner_id").where("id", "=", id).executeTakeFirst();
        return row?.owner_id ?? null;
      }),

    /** Newest first; the settled ones of a day, and all that are not. */
    list: (at: number, viewer?: User): Promise<Submission[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .selectAll()
          .where((row) => row.or([row("settled_at", "is", null), row("settled_at", ">", at - dayMs)]))
          .orderBy("created_at", "desc")
          .orderBy("id")
          .limit(500)
          .execute();
        return viewsOf(db, rows, viewer);
      }),

    /** What the person has used of the budgets, and everybody together. */
    budgetUse: (ownerId: string, at: number): Promise<BudgetUse> =>
      guarded(() =>
        db.transaction().execute(async (tx) => book.use(tx, ownerId, at, await book.pending(tx, at, ownerId))),
      ),

    /** Cancels what has not been claimed. Throws SUBMISSION_NOT_FOUND or SUBMISSION_IN_FLIGHT. */
    cancel: (id: string, at: number, user: User, requestId: string): Promise<Submission> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const row = await tx.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirst();
          if (row === undefined) throw new WscError("SUBMISSION_NOT_FOUND");
          if (!(await change(tx, row, waiting, { state: "CANCELLED", fence: row.fence + 1, reason: null }, at)))
            throw new WscError("SUBMISSION_IN_FLIGHT");
          await book.remove(tx, id);
          await audit.append(tx, {
            ...submissionEvent(row, at, "submission.cancel", "done", {}, actedBy(user)),
            requestId,
          });
          return viewWithAttempts(tx, { ...row, state: "CANCELLED", reason: null }, user);
        }),
      ),

    /** What a person decided about a submission in NEEDS_REVIEW. Throws SUBMISSION_NOT_FOUND or SUBMISSION_IN_FLIGHT. */
    resolve: (
      id: string,
      at: number,
      user: User,
      requestId: string,
      choice: { kind: "exists"; instanceNo: string } | { kind: "resend" } | { kind: "drop" },
    ): Promise<Submission> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          const row = await tx.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirst();
          if (row === undefined) throw new WscError("SUBMISSION_NOT_FOUND");
          const set =
            choice.kind === "exists"
              ? ({ state: "BOUND", instance_no: choice.instanceNo, reason: null } as const)
              : choice.kind === "drop"
                ? ({ state: "CANCELLED", reason: null } as const)
                : // A person's word starts the clock anew: the grace of the first due time is long over.
                  ({
                    state: "RETRY_WAIT",
                    due_at: at,
                    next_at: at,
                    proven_absent: 0,
                    attempts: 0,
                    reason: null,
                  } as const);
          const fence = row.fence + 1;
          if (!(await change(tx, row, ["NEEDS_REVIEW"], { ...set, fence }, at)))
            throw new WscError("SUBMISSION_IN_FLIGHT");
          if (choice.kind === "drop") await book.remove(tx, id);
          if (choice.kind === "resend") await tx.deleteFrom("attempt").where("submission_id", "=", id).execute();
          await audit.append(tx, {
            ...submissionEvent(
              row,
              at,
              `submission.resolve.${choice.kind}`,
              "done",
              choice.kind === "exists" ? { instanceNo: choice.instanceNo } : {},
              actedBy(user),
            ),
            requestId,
          });
          return viewWithAttempts(tx, { ...row, ...set }, user);
        }),
      ),
  };
}
