import { WscError } from "@wsc-dashboard/wsc-core";
import type { GatewayClock } from "@wsc-dashboard/wsc-core/node";
import { dispatcherLimitMs, withDatabaseTimeLimit } from "../database/database-time-limit.ts";
import type { SubmissionRow } from "../database/schema.ts";
import type { Logger } from "../log/logger.ts";
import type { CredentialVault } from "../outbox/credential-vault.ts";
import type { SubmissionTimings } from "../outbox/decisions.ts";
import type { Outbox } from "../outbox/outbox.ts";
import { createRepeater } from "../timers/repeater.ts";
import type { GatewayTime } from "./gateway-time.ts";
import type { RestartReconciliation } from "./restart-reconciliation.ts";

/** A source of submissions that are created when they become due: the schedules. */
export interface DueRuns {
  isAnyRunDue(at: number): Promise<boolean>;
  makeDueRuns(at: number): Promise<void>;
}

export interface DispatcherParts {
  readonly outbox: Pick<Outbox, "isAnythingOpen" | "recover" | "takeSearch" | "isAnythingDue" | "claim">;
  readonly vault: Pick<CredentialVault, "eraseSettled">;
  readonly dueRuns: DueRuns;
  readonly clock: GatewayClock;
  readonly gatewayTime: GatewayTime;
  readonly restartReconciliation: RestartReconciliation;
  /** Sends one claimed submission. */
  readonly send: (claimed: SubmissionRow) => Promise<void>;
  /** Searches for the job of one submission. */
  readonly reconcile: (row: SubmissionRow) => Promise<void>;
  readonly timings: Pick<SubmissionTimings, "dispatchTickMs">;
  readonly logger: Logger;
  /** No other process can hold a lease, so leases of an earlier process are taken over at once. */
  readonly isSoleProcess: boolean;
}

const claimsPerRound = 20;
const searchesPerRound = 20;

export interface Dispatcher {
  /** Starts processing due work until `close`. */
  start(): void;
  /** Processes due work now instead of at the next tick. */
  wake(): void;
  /** Waits briefly for the gateway's time when it is unknown: a submission due now must be due by the gateway's clock. */
  learnClock(): Promise<void>;
  /** When the last round succeeded, in local milliseconds, and the error code of the latest round if it failed. */
  health(): { readonly lastRoundAt: number | null; readonly failure: string | null };
  /** Claims nothing more; resolves when nothing is in progress. */
  close(): Promise<void>;
}

const errorCodeOf = (error: unknown): string => (error instanceof WscError ? error.code : "INTERNAL_ERROR");

/** One round: lost leases, due schedule runs, searches, restart reconciliation, sending. `isClosed` ends it early. */
function createRound(parts: DispatcherParts, isClosed: () => boolean): () => Promise<void> {
  const { outbox, vault, dueRuns, clock, gatewayTime, restartReconciliation, send, reconcile } = parts;
  let isFirst = true;

  async function searchAll(): Promise<void> {
    for (let count = 0; count < searchesPerRound && !isClosed(); count += 1) {
      const row = await outbox.takeSearch(clock.now());
      if (row === null) return;
      await reconcile(row);
    }
  }

  async function sendAll(): Promise<void> {
    const bounds = () => restartReconciliation.bounds();
    for (let count = 0; count < claimsPerRound && !isClosed(); count += 1) {
      if (!(await gatewayTime.isKnown()) || !(await outbox.isAnythingDue(clock.now(), bounds()))) return;
      const row = await outbox.claim(clock.now(), bounds());
      if (row === null) return;
      await send(row);
    }
  }

  return async () => {
    await vault.eraseSettled();
    const isAnythingOpen = await outbox.isAnythingOpen();
    // With a wrong clock a search would count too early, a lease would seem expired, and a run would be missed or made too soon.
    if (!isAnythingOpen && !(await dueRuns.isAnyRunDue(Number.MAX_SAFE_INTEGER))) return;
    if (!(await gatewayTime.isKnown())) return;
    if (isAnythingOpen) await outbox.recover(clock.now(), isFirst && parts.isSoleProcess);
    isFirst = false;
    const isAnyRunDue = await dueRuns.isAnyRunDue(clock.now());
    if (isAnyRunDue) await dueRuns.makeDueRuns(clock.now());
    if (isAnythingOpen) await searchAll();
    await restartReconciliation.step();
    if (isAnythingOpen || isAnyRunDue) await sendAll();
  };
}

/** Polls the outbox, because a timer does not survive a restart. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { gatewayTime, restartReconciliation, timings, logger } = parts;
  let closed = false;
  let lastRoundAt: number | null = null;
  let failure: string | null = null;
  const round = createRound(parts, () => closed);
  const repeater = createRepeater(
    async () => {
      await withDatabaseTimeLimit(dispatcherLimitMs, round);
      lastRoundAt = Date.now();
      failure = null;
    },
    timings.dispatchTickMs,
    (error) => {
      failure = errorCodeOf(error);
      logger.error({ code: failure, err: error }, "the dispatcher's round failed");
    },
  );

  return {
    start() {
      repeater.start();
      repeater.wake();
    },
    wake: repeater.wake,
    learnClock: gatewayTime.learn,
    health: () => ({ lastRoundAt, failure }),
    async close() {
      closed = true;
      await repeater.stop();
      await restartReconciliation.close();
    },
  };
}
