import { WscError } from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { SubmissionRow } from "../database/schema.ts";
import type { Logger } from "../log/logger.ts";
import { absenceProofStartsAt, type EmptySearch, judgeSearch, type SubmissionTimings } from "../outbox/decisions.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { isSettled } from "../outbox/states.ts";
import { wireMemoOf } from "../outbox/wire-memo.ts";
import { clockToleranceMs, type TokenSearch } from "../upstream/token-search.ts";
import type { Settlement } from "./settlement.ts";

export interface ReconciliationParts {
  readonly outbox: Pick<Outbox, "review" | "notFound">;
  readonly tokenSearch: Pick<TokenSearch, "byToken">;
  readonly clock: GatewayClock;
  readonly timings: SubmissionTimings;
  readonly settlement: Settlement;
  readonly logger: Logger;
}

/** Searches the account's list once for the job of a call whose outcome is unknown. */
export function createReconciliation({ outbox, tokenSearch, clock, timings, settlement, logger }: ReconciliationParts) {
  async function notFound(row: SubmissionRow, startedAt: number, outcome: EmptySearch, code: string): Promise<void> {
    const state = await outbox.notFound(row, clock.now(), startedAt, { outcome, code });
    if (isSettled(state)) await settlement.settle(row);
  }

  return async function reconcile(row: SubmissionRow): Promise<void> {
    const startedAt = clock.now();
    const signedAt = row.signed_at ?? row.created_at;
    try {
      const { found, absence } = await tokenSearch.byToken(row.token, wireMemoOf(row), {
        since: signedAt - clockToleranceMs,
        // While absence cannot be proven yet, reading the whole list is not worth its calls.
        isQuick: startedAt < absenceProofStartsAt(signedAt, timings),
      });
      const records = found.get(row.token) ?? [];
      const [only] = records;
      if (judgeSearch(records) === "doubled") await outbox.review(row, clock.now(), "SUBMISSION_DOUBLED");
      else if (only !== undefined) await settlement.bind(row, only);
      else if (absence === "proven") await notFound(row, startedAt, "absent", "OUTCOME_UNKNOWN");
      else await notFound(row, startedAt, "unproven", absence);
    } catch (error) {
      if (error instanceof WscError && error.code === "STORE_UNAVAILABLE") throw error;
      const code = error instanceof WscError ? error.code : "INTERNAL_ERROR";
      logger.warn({ submission: row.id, code }, "search for a submission failed");
      await notFound(row, startedAt, "failed", code);
    }
  };
}
