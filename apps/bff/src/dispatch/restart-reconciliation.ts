import { WscError } from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { ReadRecord } from "@wsc-dashboard/wsc-core/upstream";
import type { SubmissionRow } from "../database/schema.ts";
import type { Logger } from "../log/logger.ts";
import type { RestartBounds } from "../outbox/claims.ts";
import { absenceProofStartsAt, isSearchGivenUp, judgeSearch, type SubmissionTimings } from "../outbox/decisions.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { clockToleranceMs, type TokenSearch } from "../upstream/token-search.ts";
import type { Settlement } from "./settlement.ts";

export interface RestartReconciliationParts {
  readonly outbox: Pick<Outbox, "unsentBefore" | "review" | "leaveUnproven" | "absenceBlockedBy">;
  readonly tokenSearch: Pick<TokenSearch, "byTokens">;
  readonly clock: GatewayClock;
  readonly timings: SubmissionTimings;
  readonly logger: Logger;
  readonly settlement: Pick<Settlement, "bind">;
  /** Called when submissions that had to wait may be sent now. */
  readonly onLooked: () => void;
}

type JudgementParts = Pick<RestartReconciliationParts, "outbox" | "clock" | "timings" | "settlement">;

/** Decides what a walk through the list means for each submission. Ages are milliseconds since the start of this process. */
function createWalkJudgement({ outbox, clock, timings, settlement }: JudgementParts) {
  const lookedFor = new Set<string>();
  const absentAt = new Map<string, number>();

  /** Leaves the submission to a person; one that is in review or missed already stays as it is. */
  async function leave(row: SubmissionRow, code: string): Promise<void> {
    const isLeft = row.state === "NEEDS_REVIEW" || row.state === "MISSED";
    if (isLeft || (await outbox.leaveUnproven(row, clock.now(), code))) lookedFor.add(row.id);
  }

  /** Absent for the second time in a row, which counts only if the account would have kept its memo. */
  async function settleAbsence(row: SubmissionRow): Promise<void> {
    absentAt.delete(row.id);
    const gap = await outbox.absenceBlockedBy(row);
    if (gap === null) lookedFor.add(row.id);
    else await leave(row, gap);
  }

  return {
    /** Submissions that need no further search. */
    lookedFor,
    leave,

    async found(row: SubmissionRow, found: readonly ReadRecord[]): Promise<void> {
      const [only] = found;
      if (judgeSearch(found) === "doubled") {
        if (
          row.state === "NEEDS_REVIEW" ||
          row.state === "MISSED" ||
          (await outbox.review(row, clock.now(), "SUBMISSION_DOUBLED"))
        ) {
          lookedFor.add(row.id);
        }
        return;
      }
      if (only !== undefined) {
        // If the row was changed meanwhile, the next walk reads it again.
        await settlement.bind(row, only);
      }
    },

    async absent(row: SubmissionRow, walkAge: number): Promise<void> {
      const before = absentAt.get(row.id);
      if (before === undefined) absentAt.set(row.id, walkAge);
      else if (walkAge - before >= timings.reconcileStepMs) await settleAbsence(row);
    },

    /** The list proved nothing, so earlier absences no longer count. */
    forgetAbsences: (): void => absentAt.clear(),
  };
}

/**
 * A database restored from a backup does not know what was sent after the backup. So submissions that an earlier process may have
 * sent are searched for in the account's list before they are sent: found from the start on; proven absent by two walks in a row
 * once a call signed at the start could be proven absent (docs/decisions/0009-restart-reconciliation.md).
 */
export function createRestartReconciliation({
  outbox,
  tokenSearch,
  clock,
  timings,
  logger,
  settlement,
  onLooked,
}: RestartReconciliationParts) {
  const { reconcileStepMs } = timings;
  const bornAt = performance.now();
  // The gateway's clock may be corrected later; the age of this process is known without it.
  const age = (): number => performance.now() - bornAt;
  const startedAt = (): number => Math.floor(clock.now() - age());
  const proofAge = absenceProofStartsAt(0, timings);
  const judgement = createWalkJudgement({ outbox, clock, timings, settlement });
  const { lookedFor } = judgement;
  /** Consecutive walks that proved nothing although absence could already be proven. */
  let unproven = 0;
  let walks = 0;
  let nextWalkAge = 0;
  let walking: Promise<void> | null = null;

  /** This walk proved nothing, for the reason `code`. */
  async function giveUp(rows: readonly SubmissionRow[], walkAge: number, code: string): Promise<void> {
    judgement.forgetAbsences();
    if (!isSearchGivenUp({ searches: walks, unproven }, walkAge, proofAge, timings)) return;
    for (const row of rows) await judgement.leave(row, code);
  }

  async function walk(rows: readonly SubmissionRow[]): Promise<void> {
    const walkAge = age();
    walks += 1;
    const oldest = rows.reduce((first, row) => Math.min(first, row.created_at, row.due_at), Number.POSITIVE_INFINITY);
    const since = oldest - clockToleranceMs;
    try {
      const isQuick = walkAge < proofAge;
      const tokens = new Set(rows.map(({ token }) => token));
      const { found, absence } = await tokenSearch.byTokens(tokens, { since, isQuick });
      const missing = rows.filter(({ token }) => !found.has(token));
      for (const row of rows) await judgement.found(row, found.get(row.token) ?? []);
      if (!isQuick && absence === "proven") {
        unproven = 0;
        for (const row of missing) await judgement.absent(row, walkAge);
      } else if (!isQuick && missing.length > 0) {
        unproven += 1;
        logger.warn({ code: absence, waiting: missing.length }, "the list cannot prove that earlier calls made no job");
        await giveUp(missing, walkAge, absence);
      }
      nextWalkAge = walkAge < proofAge ? Math.max(proofAge, age()) : age() + reconcileStepMs;
      onLooked();
    } catch (error) {
      nextWalkAge = age() + reconcileStepMs;
      const code = error instanceof WscError ? error.code : "INTERNAL_ERROR";
      logger.warn({ code, err: error, waiting: rows.length }, "what was kept earlier waits until the list answers");
      if (walkAge >= proofAge && code !== "STORE_UNAVAILABLE") await giveUp(rows, walkAge, code);
    }
  }

  return {
    bounds: (): RestartBounds => ({ startedAt: startedAt(), lookedFor }),

    /** Starts a walk through the list when one is due. Submissions made since the start do not wait for it. */
    async step(): Promise<void> {
      if (walking !== null || age() < nextWalkAge) return;
      const rows = await outbox.unsentBefore({ startedAt: startedAt(), lookedFor });
      if (rows.length === 0) return;
      walking = walk(rows).finally(() => {
        walking = null;
      });
    },

    /** Resolves when no walk is in progress. */
    close: async (): Promise<void> => {
      await walking;
    },
  };
}
export type RestartReconciliation = ReturnType<typeof createRestartReconciliation>;
