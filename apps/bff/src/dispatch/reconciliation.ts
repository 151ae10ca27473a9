import { WscError } from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { Logger } from "../log/logger.ts";
import { judgeSearch } from "../outbox/decisions.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { isSettled } from "../outbox/states.ts";
import type { SubmissionRow } from "../store/schema.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import { clockToleranceMs } from "./restart-reconciliation.ts";
import type { Settlement } from "./settlement.ts";

export interface ReconciliationParts {
  readonly outbox: Pick<Outbox, "review" | "notFound">;
  readonly directory: Pick<JobDirectory, "findByToken">;
  readonly clock: GatewayClock;
  readonly settlement: Settlement;
  readonly logger: Logger;
}

/** Searches the account's list for the job of a call whose outcome is unknown, once. */
export function createReconciliation({ outbox, directory, clock, settlement, logger }: ReconciliationParts) {
  return async function reconcile(row: SubmissionRow): Promise<void> {
    const startedAt = clock.now();
    try {
      const found = await directory.findByToken(row.token, (row.signed_at ?? row.created_at) - clockToleranceMs);
      const [only] = found;
      if (judgeSearch(found) === "doubled") await outbox.review(row, clock.now(), "SUBMISSION_DOUBLED");
      else if (only !== undefined) await settlement.bind(row, only.instanceNo);
      else if (isSettled(await outbox.notFound(row, clock.now(), startedAt, false))) await settlement.settle(row);
    } catch (error) {
      if (error instanceof WscError && error.code === "STORE_UNAVAILABLE") throw error;
      const code = error instanceof WscError ? error.code : "INTERNAL_ERROR";
      logger.warn({ submission: row.id, code }, "search for a submission failed");
      await outbox.notFound(row, clock.now(), startedAt, true);
    }
  };
}
