import { type Draft, draftDays, draftSchema } from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";

const keptMs = draftDays * 86_400_000;

export interface KeptDraft {
  readonly draft: Draft;
  readonly savedAt: string;
  readonly expiresAt: string;
}

const keptDraft = (draft: Draft, savedAt: number): KeptDraft => ({
  draft,
  savedAt: new Date(savedAt).toISOString(),
  expiresAt: new Date(savedAt + keptMs).toISOString(),
});

export type DraftStore = ReturnType<typeof createDraftStore>;

/** Stores one draft of the job form per person. An expired draft is never returned, and is deleted by the sweep. */
export function createDraftStore(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    get: (ownerId: string, at: number): Promise<KeptDraft | null> =>
      guarded(async () => {
        const row = await db
          .selectFrom("draft")
          .selectAll()
          .where("owner_id", "=", ownerId)
          .where("saved_at", ">", at - keptMs)
          .executeTakeFirst();
        if (row === undefined) return null;
        // A draft of an older version that no longer matches the schema is discarded.
        const read = draftSchema.safeParse(JSON.parse(row.content));
        return read.success ? keptDraft(read.data, Number(row.saved_at)) : null;
      }),

    save: (ownerId: string, draft: Draft, at: number): Promise<KeptDraft> =>
      guarded(async () => {
        const content = JSON.stringify(draft);
        await db
          .insertInto("draft")
          .values({ owner_id: ownerId, content, saved_at: at })
          .onConflict((conflict) => conflict.column("owner_id").doUpdateSet({ content, saved_at: at }))
          .execute();
        return keptDraft(draft, at);
      }),

    remove: (ownerId: string): Promise<boolean> =>
      guarded(async () => {
        const { numDeletedRows } = await db.deleteFrom("draft").where("owner_id", "=", ownerId).executeTakeFirst();
        return numDeletedRows > 0n;
      }),

    sweep: (at: number): Promise<void> =>
      guarded(async () => {
        await db
          .deleteFrom("draft")
          .where("saved_at", "<=", at - keptMs)
          .execute();
      }),
  };
}
