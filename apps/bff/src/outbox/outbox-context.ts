import type { OpenDatabase } from "../database/open-database.ts";
import type { WithinTransaction } from "./apply-transition.ts";
import type { BudgetLedger } from "./budget-ledger.ts";
import type { SubmissionTimings } from "./decisions.ts";
import type { ResendBlock } from "./resend-block.ts";
import type { SendLock } from "./send-lock.ts";

/** Dependencies that the parts of the outbox share. */
export interface OutboxContext {
  readonly database: OpenDatabase;
  readonly timings: SubmissionTimings;
  /** Name of this process in leases. */
  readonly owner: string;
  readonly ledger: BudgetLedger;
  readonly sendLock: SendLock;
  readonly resendBlock: ResendBlock;
  readonly withinTransaction: WithinTransaction;
}
