import { AsyncLocalStorage } from "node:async_hooks";

/** Time limit of one unit of database work, from requesting a connection to the last result, in milliseconds. */
export const usualLimitMs = 8_000;
/** Limit of the dispatcher, in milliseconds: it records paid calls, and no request waits for it. */
export const dispatcherLimitMs = 25_000;

const limits = new AsyncLocalStorage<number>();

export const databaseTimeLimitMs = (): number => limits.getStore() ?? usualLimitMs;

/** Runs `work` with another time limit for its database calls. */
export const withDatabaseTimeLimit = <T>(limitMs: number, work: () => T): T => limits.run(limitMs, work);
