import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { SessionRow } from "../database/schema.ts";
import { type SessionTokens, sealTokens } from "./session-tokens.ts";

/** Longer than a call of the provider may take, in milliseconds; after that another process may ask. */
const checkClaimMs = 15_000;

/** Checks of a session's groups at the provider: of several processes one claims the check and asks. */
export function createSessionChecks(database: OpenDatabase, ring: KeyRing) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    /** The row as it is now. */
    reread: ({ id_hash }: SessionRow): Promise<SessionRow | undefined> =>
      guarded(() => db.selectFrom("session").selectAll().where("id_hash", "=", id_hash).executeTakeFirst()),

    /** Claims the check for this process. Answers the row as claimed; `null` when another process has claimed it. */
    claimCheck: (row: SessionRow, at: number): Promise<SessionRow | null> =>
      guarded(async () => {
        const checking_until = at + checkClaimMs;
        const { numUpdatedRows } = await db
          .updateTable("session")
          .set({ checking_until })
          .where("id_hash", "=", row.id_hash)
          .where("checked_at", "=", row.checked_at)
          .where("checking_until", "<=", at)
          .executeTakeFirst();
        return numUpdatedRows === 1n ? { ...row, checking_until } : null;
      }),

    /** Releases the claim, so that any process may ask again at once. */
    releaseCheck: ({ id_hash, checking_until }: SessionRow): Promise<unknown> =>
      guarded(() =>
        db
          .updateTable("session")
          .set({ checking_until: 0 })
          .where("id_hash", "=", id_hash)
          .where("checking_until", "=", checking_until)
          .execute(),
      ),

    /** Keeps what the provider answered, unless another process has claimed the check meanwhile. */
    keepCheck: (
      { id_hash, checking_until }: SessionRow,
      groups: readonly string[] | null,
      tokens: SessionTokens,
      at: number,
    ): Promise<unknown> =>
      guarded(() =>
        db
          .updateTable("session")
          .set({
            groups: JSON.stringify(groups),
            sealed: sealTokens(ring, id_hash, tokens),
            checked_at: at,
            checking_until: 0,
          })
          .where("id_hash", "=", id_hash)
          .where("checking_until", "=", checking_until)
          .execute(),
      ),
  };
}
