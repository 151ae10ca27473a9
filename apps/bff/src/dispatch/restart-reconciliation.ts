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
  /** Something may be sent now that had to wait. */
  readonly onLooked: () => void;
}

type JudgementParts = Pick<RestartReconciliationParts, "outbox" | "clock" | "timings" | "settlement">;

/** What a walk through the list means for each submission. Ages are of this process, in milliseconds. */
function createWalkJudgement({ outbox, clock, timings, settlement }: JudgementParts) {
  const lookedFor = new Set<string>();
  const absentAt = new Map<string, number>();

  /** A person decides. What one has on the table already is left there. */
  async function leave(row: SubmissionRow, code: string): Promise<void> {
    const isLeft = row.state === "NEEDS_REVIEW" || row.state === "MISSED";
    if (isLeft || (await outbox.leaveUnproven(row, clock.now(), code))) lookedFor.add(row.id);
  }

  /** Absent for the second time in a row, which counts when its memo would have been kept. */
  async function settleAbsence(row: SubmissionRow): Promise<void> {
    absentAt.delete(row.id);
    const gap = await outbox.absenceBlockedBy(row);
    if (gap === null) lookedFor.add(row.id);
    else await leave(row, gap);
  }

  return {
    /** Those that need not be looked for any more. */
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
        // One that was changed meanwhile is read again by the next walk.
        await settlement.bind(row, only);
      }
    },

    async absent(row: SubmissionRow, walkAge: number): Promise<void> {
      const before = absentAt.get(row.id);
      if (before === undefined) absentAt.set(row.id, walkAge);
      else if (walkAge - before >= timings.reconcileStepMs) await settleAbsence(row);
    },

    /** The list has proven nothing: the absences before it do not count. */
    forgetAbsences: (): void => absentAt.clear(),
  };
}

/**
 * A database that was put back from a backup does not know what was sent after the backup was made. So what an earlier life may have
 * sent is looked for in the account's list before it is sent: from the start on to find it, and twice in a row after a call signed
 * at the start could be proven absent to prove that it is not there (docs/decisions/0009-restart-reconciliation.md).
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
  // The gateway's clock may be corrected later; how long this process lives is known without it.
  const age = (): number => performance.now() - bornAt;
  const startedAt = (): number => Math.floor(clock.now() - age());
  const proofAge = absenceProofStartsAt(0, timings);
  const judgement = createWalkJudgement({ outbox, clock, timings, settlement });
  const { lookedFor } = judgement;
  /** Walks in a row, since absence could be proven, that proved nothing. */
  let unproven = 0;
  let nextWalkAge = 0;
  let walking: Promise<void> | null = null;

  /** The list has proven nothing, by `code`, this time. */
  async function giveUp(rows: readonly SubmissionRow[], walkAge: number, code: string): Promise<void> {
    judgement.forgetAbsences();
    if (!isSearchGivenUp(unproven, walkAge, proofAge, timings)) return;
    for (const row of rows) await judgement.leave(row, code);
  }

  async function walk(rows: readonly SubmissionRow[]): Promise<void> {
    const walkAge = age();
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

    /** Begins a walk through the list when one is due. Nothing that was asked for since the start waits for it. */
    async step(): Promise<void> {
      if (walking !== null || age() < nextWalkAge) return;
      const rows = await outbox.unsentBefore({ startedAt: startedAt(), lookedFor });
      if (rows.length === 0) return;
      walking = walk(rows).finally(() => {
        walking = null;
      });
    },

    /** Resolves when no walk is under way. */
    close: async (): Promise<void> => {
      await walking;
    },
  };
}
export type RestartReconciliation = ReturnType<typeof createRestartReconciliation>;
