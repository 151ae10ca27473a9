import type { AuditChain } from "../audit/audit-chain.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { SubmissionRow } from "../database/schema.ts";
import type { User } from "../identity/identity.ts";
import { createTransitions } from "./apply-transition.ts";
import { type Budgets, createBudgetLedger } from "./budget-ledger.ts";
import { createCallOutcomes } from "./call-outcomes.ts";
import { createClaimEnds, createClaims, createDueQueries } from "./claims.ts";
import { maxLockedMs, type SubmissionTimings } from "./decisions.ts";
import { createLostLeases } from "./lost-leases.ts";
import type { OutboxContext } from "./outbox-context.ts";
import { leaseMs } from "./records.ts";
import { createResendBlock } from "./resend-block.ts";
import { createScheduleRuns } from "./schedule-runs.ts";
import { createSearches } from "./searches.ts";
import { createSendLock } from "./send-lock.ts";
import { createSubmissionQueries } from "./submission-queries.ts";
import { createSubmissionRequests } from "./submission-requests.ts";
import { wireMemoOf } from "./wire-memo.ts";

export interface OutboxParts {
  readonly database: OpenDatabase;
  readonly audit: AuditChain;
  readonly timings: SubmissionTimings;
  readonly budgets: Budgets;
  /** Name of this process in leases. */
  readonly owner: string;
}

export type Outbox = ReturnType<typeof createOutbox>;

/** All submissions: requested, in flight and settled. */
export function createOutbox({ database, audit, timings, budgets, owner }: OutboxParts) {
  const guarded = translateDatabaseErrors(database);
  const resendBlock = createResendBlock(audit);
  const ledger = createBudgetLedger(budgets);
  const sendLock = createSendLock(owner, {
    maxClosedMs: Math.max(maxLockedMs, timings.createSpacingMs),
    maxCallMs: leaseMs + timings.upstreamTimeoutMs,
  });
  const withinTransaction = createTransitions({ audit, ledger, sendLock, owner });
  const context: OutboxContext = { database, timings, owner, ledger, sendLock, resendBlock, withinTransaction };
  return {
    ...createSubmissionRequests(context, audit),
    ...createSubmissionQueries(context),
    ...createScheduleRuns(context),
    ...createDueQueries(context),
    ...createClaims(context),
    ...createClaimEnds(context),
    ...createLostLeases(context),
    ...createCallOutcomes(context),
    ...createSearches(context),

    /** Why no attempt that is proven absent is resent; `null` when there is no block. */
    resendBlockedBy: (): Promise<string | null> =>
      guarded(() => database.db.transaction().execute(resendBlock.closedBy)),

    /** Why the absence of a submission's job from the list proves nothing; `null` when it does prove it. */
    absenceBlockedBy: (row: SubmissionRow): Promise<string | null> =>
      guarded(() => database.db.transaction().execute((tx) => resendBlock.blockedBy(tx, wireMemoOf(row)))),

    /** Records whether the account keeps memos whole, from the memo of one of our jobs. */
    noteMemo: (row: SubmissionRow, at: number, instanceNo: string, kept: string): Promise<void> =>
      guarded(() =>
        database.db
          .transaction()
          .execute((tx) => resendBlock.noteMemo(tx, at, `job/${instanceNo}`, wireMemoOf(row), kept)),
      ),

    /** Lifts the resend block after an admin has made sure that memos are kept whole. */
    allowResend: (at: number, user: User, requestId: string): Promise<void> =>
      guarded(() => database.db.transaction().execute((tx) => resendBlock.lift(tx, at, user, requestId))),
  };
}
