import type { Transaction } from "kysely";
import type { Database } from "../database/schema.ts";
import type { Reason } from "./states.ts";

export type Tx = Transaction<Database>;

/** Lease of a row and of the send lock, in milliseconds: another process takes over after this time without renewal. */
export const leaseMs = 60_000;

export const reasonText = (code: string, retryable: boolean): string =>
  JSON.stringify({ code, retryable } satisfies Reason);

/** Search counters after a call: nothing has been searched for yet. */
export const unsearched = { searches: 0, absences: 0, unproven: 0, last_absence_at: null } as const;
