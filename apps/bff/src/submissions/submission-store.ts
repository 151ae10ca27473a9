import type { AuditChain } from "../audit/audit-chain.ts";
import type { User } from "../identity/identity.ts";
import type { OpenStore } from "../store/open-store.ts";
import { storeGuard } from "../store/store-guard.ts";
import { type Budgets, createBudgetBook } from "./budget-book.ts";
import { createJobGate } from "./create-job-gate.ts";
import { createResendGate } from "./resend-gate.ts";
import { createSubmissionClaims } from "./submission-claims.ts";
import type { SubmissionContext } from "./submission-context.ts";
import { createSubmissionOutcomes } from "./submission-outcomes.ts";
import { leaseMs } from "./submission-record.ts";
import { createSubmissionRequests } from "./submission-requests.ts";
import { longestGateMs, type SubmissionTimings } from "./submission-rules.ts";
import { createSubmissionSearches } from "./submission-searches.ts";

export interface SubmissionStoreParts {
  readonly store: OpenStore;
  readonly audit: AuditChain;
  readonly timings: SubmissionTimings;
  readonly budgets: Budgets;
  /** Name of this process in leases. */
  readonly owner: string;
}

export type SubmissionStore = ReturnType<typeof createSubmissionStore>;

/** Every change of a submission: one transaction each, conditional on state and fence, with its audit entry. */
export function createSubmissionStore({ store, audit, timings, budgets, owner }: SubmissionStoreParts) {
  const guarded = storeGuard(store);
  const resend = createResendGate(audit);
  const context: SubmissionContext = {
    store,
    audit,
    timings,
    owner,
    book: createBudgetBook(budgets),
    gate: createJobGate(owner, {
      longestClosureMs: Math.max(longestGateMs, timings.createSpacingMs),
      longestCallMs: leaseMs + timings.upstreamTimeoutMs,
    }),
    resend,
  };
  return {
    ...createSubmissionRequests(context),
    ...createSubmissionClaims(context),
    ...createSubmissionOutcomes(context),
    ...createSubmissionSearches(context),

    /** Why an attempt proven absent is not sent again; `null` when it is. */
    resendBlockedBy: (): Promise<string | null> => guarded(() => store.db.transaction().execute(resend.blockedBy)),

    /** A job of ours does not carry its token: its absence from a list proves nothing, so nothing is sent again by itself. */
    blockResend: (at: number, instanceNo: string): Promise<void> =>
      guarded(() => store.db.transaction().execute((tx) => resend.close(tx, at, `job/${instanceNo}`))),

    /** An admin has made sure that memos are kept whole. */
    allowResend: (at: number, user: User, requestId: string): Promise<void> =>
      guarded(() => store.db.transaction().execute((tx) => resend.open(tx, at, user, requestId))),
  };
}
