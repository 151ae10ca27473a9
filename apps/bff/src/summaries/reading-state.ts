import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";

const leaseMs = 60_000;

export type ReadingState = ReturnType<typeof createReadingState>;

/** Which process reads in the background, so that replicas do not do it twice, and how far it has read the list. */
export function createReadingState(database: OpenDatabase, owner: string) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  let heldUntil = 0;

  return {
    /** Takes or renews the lease; returns whether this process holds it. */
    hold: (at: number): Promise<boolean> =>
      guarded(async () => {
        if (heldUntil - at > leaseMs / 2) return true;
        const isFirst = heldUntil === 0 && database.isSoleProcess;
        const query = db.updateTable("background_reading").set({ holder: owner, held_until: at + leaseMs });
        const result = await (isFirst
          ? query
          : query.where((row) => row.or([row("holder", "=", owner), row("held_until", "<", at)]))
        ).executeTakeFirst();
        const isHeld = Number(result.numUpdatedRows) > 0;
        heldUntil = isHeld ? at + leaseMs : 0;
        return isHeld;
      }),

    /** Releases the lease, so that another process need not wait for its end. */
    release: (): Promise<void> =>
      guarded(async () => {
        if (heldUntil === 0) return;
        await db.updateTable("background_reading").set({ held_until: 0 }).where("holder", "=", owner).execute();
        heldUntil = 0;
      }),

    noteListRead: (at: number, isComplete: boolean): Promise<void> =>
      guarded(async () => {
        await db
          .updateTable("background_reading")
          .set({ list_read_at: at, is_list_complete: isComplete ? 1 : 0, failure_code: null, failed_at: null })
          .execute();
      }),

    noteListAnswer: (): Promise<void> =>
      guarded(async () => {
        await db.updateTable("background_reading").set({ failure_code: null, failed_at: null }).execute();
      }),

    noteListFailure: (at: number, code: string): Promise<void> =>
      guarded(async () => {
        await db.updateTable("background_reading").set({ failure_code: code, failed_at: at }).execute();
      }),

    get: () => guarded(() => db.selectFrom("background_reading").selectAll().executeTakeFirstOrThrow()),
  };
}
