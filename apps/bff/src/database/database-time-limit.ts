import { AsyncLocalStorage } from "node:async_hooks";

/** Longest that one piece of work may take on the database, from asking for a connection to its last answer, in milliseconds. */
export const usualLimitMs = 8_000;
/** Of the dispatcher: it records paid calls, and no request waits for it. */
export const dispatcherLimitMs = 25_000;

const limits = new AsyncLocalStorage<number>();

export const databaseTimeLimitMs = (): number => limits.getStore() ?? usualLimitMs;

/** Gives another limit to whatever the work asks of the database. */
export const withDatabaseTimeLimit = <T>(limitMs: number, work: () => T): T => limits.run(limitMs, work);
