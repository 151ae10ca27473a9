import { type Job, WscError } from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import type { Logger } from "../log/logger.ts";
import type { RestartBounds } from "../outbox/claims.ts";
import { absenceProofStartsAt, judgeSearch, type SubmissionTimings } from "../outbox/decisions.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { SubmissionRow } from "../store/schema.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import type { Settlement } from "./settlement.ts";

/** A job may have begun this much before the instant it is due or kept: clocks differ, in milliseconds. */
export const clockToleranceMs = 600_000;

export interface RestartReconciliationParts {
  readonly outbox: Pick<Outbox, "unsentBefore" | "review">;
  readonly directory: Pick<JobDirectory, "findByTokens">;
  readonly clock: GatewayClock;
  readonly timings: SubmissionTimings;
  readonly logger: Logger;
  readonly settlement: Pick<Settlement, "bind">;
  /** Something may be sent now that had to wait. */
  readonly onLooked: () => void;
}

/**
 * A database that was put back from a backup does not know what was sent after the backup was made. So what an earlier life may have
 * sent is looked for in the account's list before it is sent: from the start on to find it, and twice in a row after a call signed
 * at the start could be proven absent to prove that it is not there (docs/decisions/0009-restart-reconciliation.md).
 */
export function createRestartReconciliation({
  outbox,
  directory,
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
  const lookedFor = new Set<string>();
  const absentAt = new Map<string, number>();
  let nextWalkAge = 0;
  let walking: Promise<void> | null = null;

  async function judge(row: SubmissionRow, found: readonly Job[], walkAge: number): Promise<void> {
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
      // Whoever changed it meanwhile has it read again by the next walk.
      await settlement.bind(row, only.instanceNo);
      return;
    }
    if (walkAge < proofAge) return;
    const before = absentAt.get(row.id);
    if (before === undefined) absentAt.set(row.id, walkAge);
    else if (walkAge - before >= reconcileStepMs) {
      absentAt.delete(row.id);
      lookedFor.add(row.id);
    }
  }

  async function walk(rows: readonly SubmissionRow[]): Promise<void> {
    const walkAge = age();
    const oldest = rows.reduce((first, row) => Math.min(first, row.created_at, row.due_at), Number.POSITIVE_INFINITY);
    const since = oldest - clockToleranceMs;
    try {
      const jobs = await directory.findByTokens(new Set(rows.map(({ token }) => token)), since);
      for (const row of rows) await judge(row, jobs.get(row.token) ?? [], walkAge);
      nextWalkAge = walkAge < proofAge ? Math.max(proofAge, age()) : age() + reconcileStepMs;
      onLooked();
    } catch (error) {
      nextWalkAge = age() + reconcileStepMs;
      const code = error instanceof WscError ? error.code : "INTERNAL_ERROR";
      logger.warn({ code, err: error, waiting: rows.length }, "what was kept earlier waits until the list answers");
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
