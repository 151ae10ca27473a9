import type { Transaction } from "kysely";
import type { Database } from "../database/schema.ts";
import type { Reason } from "./states.ts";

export type Tx = Transaction<Database>;

/** How long a process may hold a row or the send lock without a sign of life, in milliseconds. */
export const leaseMs = 60_000;

export const reasonText = (code: string, retryable: boolean): string =>
  JSON.stringify({ code, retryable } satisfies Reason);

/** Nothing has been searched for yet since the latest call. */
export const unsearched = { searches: 0, absences: 0, unproven: 0, last_absence_at: null } as const;
