import type { DeliveryAttempt, PauseReason } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { ChannelRow, Database, DeliveryRow } from "../database/schema.ts";
import { pauseChannel } from "./pause-channel.ts";
import type { AttemptResult } from "./post-message.ts";

type Tx = Transaction<Database>;

/** This many consecutive failures pause a channel (after about nine hours), or end one message while others get through. */
const maxFailures = 15;
const firstPauseMs = 5_000;
const longestPauseMs = 3_600_000;
const keptAttempts = 20;

/** A claimed message and its channel. */
export interface Claim {
  readonly delivery: DeliveryRow;
  readonly channel: ChannelRow;
}

/** Exponential backoff in milliseconds, with jitter to separate channels that failed at the same moment. `random`: 0 to 1. */
export function pauseAfterFailures(failures: number, random: number): number {
  const pause = Math.min(longestPauseMs, firstPauseMs * 3 ** Math.min(10, failures - 1));
  return Math.round(pause * (0.75 + random / 2));
}

const withAttempt = (log: string, attempt: DeliveryAttempt): string =>
  JSON.stringify([attempt, ...(JSON.parse(log) as DeliveryAttempt[])].slice(0, keptAttempts));

export interface Attempt extends AttemptResult {
  readonly startedAt: number;
  readonly durationMs: number;
}

/** Records the results of attempts, for the message and its channel. */
export function createDeliveryResults(database: OpenDatabase, audit: AuditChain, random: () => number) {
  const guarded = translateDatabaseErrors(database);
  const transact = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    guarded(() => database.db.transaction().execute(work));

  /** Ends the claim. Returns `false` when another process has claimed the message meanwhile. */
  async function settle(tx: Tx, { id, version, log }: DeliveryRow, attempt: Attempt, change: Partial<DeliveryRow>) {
    const { startedAt, durationMs, outcome, status } = attempt;
    const entry = { at: new Date(startedAt).toISOString(), outcome, status, durationMs };
    const { numUpdatedRows } = await tx
      .updateTable("delivery")
      .set((row) => ({
        ...change,
        attempts: row("attempts", "+", 1),
        log: withAttempt(log, entry),
        lease_until: null,
      }))
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  /** Counts a failure of the channel, and pauses it if it is gone or keeps failing. */
  async function noteFailure(tx: Tx, channelId: string, outcome: Attempt["outcome"], at: number): Promise<void> {
    const row = await tx
      .updateTable("channel")
      .set((column) => ({ failures: column("failures", "+", 1) }))
      .where("id", "=", channelId)
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return;
    const reason: PauseReason | null = outcome === "gone" ? "gone" : row.failures >= maxFailures ? "failures" : null;
    const blocked_until = at + pauseAfterFailures(row.failures, random());
    await tx.updateTable("channel").set({ blocked_until }).where("id", "=", channelId).execute();
    if (reason !== null && row.paused_because === null) await pauseChannel(tx, audit, row, reason, at);
  }

  return {
    noteDelivered: ({ delivery, channel }: Claim, attempt: Attempt, at: number): Promise<void> =>
      transact(async (tx) => {
        const isOurs = await settle(tx, delivery, attempt, { state: "delivered", next_at: null, settled_at: at });
        if (!isOurs) return;
        await tx
          .updateTable("channel")
          .set({ failures: 0, blocked_until: 0, delivered_at: at })
          .where("id", "=", channel.id)
          .execute();
      }),

    /** Schedules another attempt. A message that failed too often while others got through is given up, and can be replayed. */
    noteFailed: ({ delivery, channel }: Claim, attempt: Attempt, at: number): Promise<void> =>
      transact(async (tx) => {
        const attempts = delivery.attempts + 1;
        const isLast = attempts >= maxFailures && channel.failures + 1 < maxFailures;
        const later = { next_at: at + pauseAfterFailures(attempts, random()) };
        const change = isLast ? ({ state: "failed", next_at: null, settled_at: at } as const) : later;
        if (await settle(tx, delivery, attempt, change)) await noteFailure(tx, channel.id, attempt.outcome, at);
      }),
  };
}
