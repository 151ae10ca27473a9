import { type Expression, type Kysely, sql } from "kysely";
import type { Database } from "../database/schema.ts";
import { leaseMs, type Tx } from "./records.ts";

const later = (column: Expression<number>, at: number) =>
  sql<number>`case when ${column} > ${at} then ${column} else ${at} end`;

const farAway = (ms: number): number => ms + clockSlackMs;

export type SendLock = ReturnType<typeof createSendLock>;

/** Maximum difference between the clocks of two processes, in milliseconds. */
const clockSlackMs = 60_000;

/**
 * Allows one createJob at a time for the account across all processes; `owner` names this one. A closing time further away than
 * `maxClosedMs`, or a holding time further away than `maxCallMs`, is ignored: it was written while the gateway's clock was ahead.
 */
export function createSendLock(
  owner: string,
  { maxClosedMs, maxCallMs }: { readonly maxClosedMs: number; readonly maxCallMs: number },
) {
  const row = (tx: Tx) => tx.updateTable("send_lock").where("name", "=", "createJob");
  return {
    /** Returns `false` while another process holds the lock or it is closed. */
    async take(tx: Tx, at: number): Promise<boolean> {
      const { numUpdatedRows } = await row(tx)
        .set((lock) => ({
          holder: owner,
          held_until: at + leaseMs,
          // A closing time from a wrong clock must not outlast the ones set from now on.
          closed_until: sql<number>`case when ${lock.ref("closed_until")} > ${at} then 0 else ${lock.ref("closed_until")} end`,
        }))
        .where((lock) =>
          lock.or([lock("closed_until", "<=", at), lock("closed_until", ">", at + farAway(maxClosedMs))]),
        )
        .where((lock) =>
          lock.or([
            lock("holder", "is", null),
            lock("held_until", "<=", at),
            lock("held_until", ">", at + farAway(maxCallMs)),
          ]),
        )
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** Returns `false` when the lock was lost: another process could be sending. */
    async extend(tx: Tx, until: number): Promise<boolean> {
      const { numUpdatedRows } = await row(tx)
        .set({ held_until: until })
        .where("holder", "=", owner)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    /** Releases the lock, closed until `closedUntil`; `code` says why it stays closed longer than the spacing requires. */
    async release(tx: Tx, closedUntil: number, code: string | null): Promise<void> {
      await row(tx)
        .set((lock) => ({
          holder: null,
          held_until: 0,
          closed_until: later(lock.ref("closed_until"), closedUntil),
          code,
        }))
        .where("holder", "=", owner)
        .execute();
    },

    /** Whether this process, or with `all` any process, still holds the lock from before. */
    async isLeftHeld(db: Kysely<Database>, all: boolean): Promise<boolean> {
      const held = await db.selectFrom("send_lock").select("name").where(heldBy(all)).executeTakeFirst();
      return held !== undefined;
    },

    async free(tx: Tx, all: boolean, closedUntil: number): Promise<void> {
      await tx
        .updateTable("send_lock")
        .set((lock) => ({ holder: null, held_until: 0, closed_until: later(lock.ref("closed_until"), closedUntil) }))
        .where(heldBy(all))
        .execute();
    },
  };

  function heldBy(all: boolean) {
    return all ? sql<boolean>`holder is not null` : sql<boolean>`holder = ${owner}`;
  }
}
