import { randomUUID } from "node:crypto";
import { type JobRequest, type Submission, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../http/bind-handlers.ts";
import { reservationInstant } from "../schedules/run-times.ts";
import type { Idempotency } from "../store/idempotency.ts";
import type { OpenStore } from "../store/open-store.ts";
import { storeGuard } from "../store/store-guard.ts";
import { contentHashOf } from "./job-call.ts";
import type { JobDispatcher } from "./job-dispatcher.ts";
import { keptRequestOf } from "./kept-request.ts";
import type { MemoTokens } from "./memo-tokens.ts";
import type { SignInVault } from "./sign-in-vault.ts";
import type { SubmissionStore } from "./submission-store.ts";

export interface SubmissionDeskParts {
  readonly store: OpenStore;
  readonly submissions: SubmissionStore;
  readonly vault: SignInVault;
  readonly tokens: MemoTokens;
  readonly idempotency: Idempotency;
  readonly dispatcher: JobDispatcher;
  /** By the gateway's clock: what "due" means. */
  readonly now: () => number;
}

export type SubmissionDesk = ReturnType<typeof createSubmissionDesk>;

/** Where a wish for a job is taken in: submission, sealed sign-in, audit entry and kept answer in one transaction. */
export function createSubmissionDesk({
  store,
  submissions,
  vault,
  tokens,
  idempotency,
  dispatcher,
  now,
}: SubmissionDeskParts) {
  const guarded = storeGuard(store);
  return {
    /** Throws BUDGET_EXHAUSTED, IDEMPOTENCY_KEY_REUSED, STORE_UNAVAILABLE. */
    async submit(
      request: JobRequest,
      {
        user,
        requestId,
        idempotent,
        markReplayed,
      }: Pick<CallContext, "user" | "requestId" | "idempotent" | "markReplayed">,
    ): Promise<Submission> {
      if (idempotent === null) throw new WscError("INTERNAL_ERROR", "jobs.create without an idempotency key");
      const { signIn, when } = request;
      await dispatcher.learnClock();
      const submission = await guarded(() =>
        store.db.transaction().execute(async (tx) => {
          const at = now();
          const kept = await idempotency.take(tx, idempotent, at);
          if (kept !== null) {
            markReplayed();
            return (kept.body as { submission: Submission }).submission;
          }
          const dueAt = when.kind === "at" ? reservationInstant(when.localTime, when.zone, at) : at;
          const id = randomUUID();
          const fresh = await submissions.insert(tx, {
            id,
            token: await tokens.take(tx, user.id, contentHashOf(request), at),
            request: keptRequestOf(request),
            user,
            createdAt: at,
            dueAt,
            ...(when.kind === "at" ? { when } : {}),
            requestId,
          });
          await vault.put(tx, id, signIn);
          await idempotency.keep(tx, idempotent, { status: 202, body: { submission: fresh } });
          return fresh;
        }),
      );
      dispatcher.wake();
      return submission;
    },
  };
}
