import type { AuditChain } from "../audit/audit-chain.ts";
import type { OpenStore } from "../store/open-store.ts";
import type { BudgetBook } from "./budget-book.ts";
import type { CreateJobGate } from "./create-job-gate.ts";
import type { ResendGate } from "./resend-gate.ts";
import type { SubmissionTimings } from "./submission-rules.ts";

/** What the changes of submissions share; each of them is one transaction, conditional on state and fence, with its audit entry. */
export interface SubmissionContext {
  readonly store: OpenStore;
  readonly audit: AuditChain;
  readonly timings: SubmissionTimings;
  /** Name of this process in leases. */
  readonly owner: string;
  readonly book: BudgetBook;
  readonly gate: CreateJobGate;
  readonly resend: ResendGate;
}
