import { randomUUID } from "node:crypto";
import { type JobRequest, type Submission, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { Idempotency } from "../database/idempotency.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { contentHashOf } from "../job-requests/create-job-call.ts";
import { storedRequestOf } from "../job-requests/stored-request.ts";
import type { CredentialVault } from "../outbox/credential-vault.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { reservationInstant } from "../schedules/run-times.ts";
import type { MemoTokens } from "./memo-tokens.ts";

export interface SubmissionIntakeParts {
  readonly database: OpenDatabase;
  readonly outbox: Pick<Outbox, "insert">;
  readonly vault: Pick<CredentialVault, "put">;
  readonly tokens: MemoTokens;
  readonly idempotency: Idempotency;
  readonly dispatcher: Pick<Dispatcher, "learnClock" | "wake">;
  /** The gateway's clock, in milliseconds: decides what is due. */
  readonly now: () => number;
}

export type SubmissionIntake = ReturnType<typeof createSubmissionIntake>;

/** Turns a job request into a submission: row, encrypted credentials, audit entry and stored response in one transaction. */
export function createSubmissionIntake({
  database,
  outbox,
  vault,
  tokens,
  idempotency,
  dispatcher,
  now,
}: SubmissionIntakeParts) {
  const guarded = translateDatabaseErrors(database);
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
        database.db.transaction().execute(async (tx) => {
          const at = now();
          const kept = await idempotency.take(tx, idempotent, at);
          if (kept !== null) {
            markReplayed();
            return (kept.body as { submission: Submission }).submission;
          }
          const dueAt = when.kind === "at" ? reservationInstant(when.localTime, when.zone, at) : at;
          const id = randomUUID();
          const fresh = await outbox.insert(tx, {
            id,
            token: await tokens.take(tx, user.id, contentHashOf(request), at),
            request: storedRequestOf(request),
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
