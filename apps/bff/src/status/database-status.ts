import type { Status, SubmissionState } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import { openAllNamedKeys } from "../database/named-keys.ts";
import { isWritable, type OpenDatabase } from "../database/open-database.ts";
import { readSealUse, sumOf } from "../database/sealed-values.ts";

const waitingStates: readonly SubmissionState[] = ["SCHEDULED", "HELD", "RETRY_WAIT"];

export type DatabaseStatus = ReturnType<typeof createDatabaseStatus>;

/** The state of the database and of its content. Every function but `health` throws STORE_UNAVAILABLE. */
export function createDatabaseStatus(database: OpenDatabase, ring: KeyRing) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  async function areKeysOpen(): Promise<boolean> {
    const kept = await db.selectFrom("key").select("name").where("name", "like", "audit/%").execute();
    const opened = await openAllNamedKeys(db, ring, "audit");
    const { byOthers } = await readSealUse(db, ring);
    return sumOf(byOthers) === 0 && kept.every(({ name }) => opened.has(name));
  }

  return {
    async health(): Promise<Status["store"]> {
      return {
        kind: database.kind,
        isWritable: await isWritable(database),
        isLocked: database.isSoleProcess,
        areKeysOpen: await areKeysOpen().catch(() => false),
      };
    },

    submissions: (): Promise<{ state: SubmissionState; count: number }[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .select((row) => ["state", row.fn.countAll<number>().as("count")])
          .groupBy("state")
          .orderBy("state")
          .execute();
        return rows.map(({ state, count }) => ({ state, count: Number(count) }));
      }),

    schedules: (): Promise<Status["schedules"]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("schedule")
          .select((row) => [row("paused_by", "is", null).as("active"), row.fn.countAll<number>().as("count")])
          .groupBy("active")
          .execute();
        const count = (isActive: boolean): number =>
          rows.filter(({ active }) => Boolean(active) === isActive).reduce((sum, row) => sum + Number(row.count), 0);
        return { active: count(true), paused: count(false) };
      }),

    /** Number of sessions of people that have not expired. */
    sessions: (at: number): Promise<number> =>
      guarded(async () => {
        const { count } = await db
          .selectFrom("session")
          .select((row) => row.fn.countAll<number>().as("count"))
          .where("ends_at", ">", at)
          .executeTakeFirstOrThrow();
        return Number(count);
      }),

    /** When the oldest submission that waits to be sent became due; `null` when none is due. */
    oldestDueAt: (at: number): Promise<number | null> =>
      guarded(async () => {
        const { oldest } = await db
          .selectFrom("submission")
          .select((row) => row.fn.min("due_at").as("oldest"))
          .where("state", "in", waitingStates)
          .where("due_at", "<=", at)
          .executeTakeFirstOrThrow();
        return oldest === null ? null : Number(oldest);
      }),

    channels: (): Promise<Record<"active" | "paused" | "failed", number>> =>
      guarded(async () => {
        const rows = await db.selectFrom("channel").select("paused_because").execute();
        const count = (...reasons: readonly (string | null)[]): number =>
          rows.filter((row) => reasons.includes(row.paused_because)).length;
        return { active: count(null), paused: count("person"), failed: count("gone", "failures") };
      }),

    /** When the oldest message waiting at a channel that is not paused was created; `null` when none waits. */
    oldestMessageAt: (): Promise<number | null> =>
      guarded(async () => {
        const { oldest } = await db
          .selectFrom("delivery")
          .innerJoin("channel", "channel.id", "delivery.channel_id")
          .select((row) => row.fn.min("delivery.created_at").as("oldest"))
          .where("delivery.state", "=", "waiting")
          .where("channel.paused_because", "is", null)
          .executeTakeFirstOrThrow();
        return oldest === null ? null : Number(oldest);
      }),

    auditEntries: (): Promise<number> =>
      guarded(async () => (await db.selectFrom("audit_head").select("seq").executeTakeFirst())?.seq ?? 0),
  };
}
