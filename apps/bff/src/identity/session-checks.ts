import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { SessionRow } from "../database/schema.ts";
import { type SessionTokens, sealTokens } from "./session-tokens.ts";

/** Lease of a check, in milliseconds; longer than a call to the provider may take. */
const checkClaimMs = 15_000;

/** Coordinates group checks of sessions: of several processes one claims the check and queries the provider. */
export function createSessionChecks(database: OpenDatabase, ring: KeyRing) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    /** The current row. */
    reread: ({ id_hash }: SessionRow): Promise<SessionRow | undefined> =>
      guarded(() => db.selectFrom("session").selectAll().where("id_hash", "=", id_hash).executeTakeFirst()),

    /** Claims the check for this process. Returns the claimed row; `null` when another process has the claim. */
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

    /** Releases the claim, so that any process may check at once. */
    releaseCheck: ({ id_hash, checking_until }: SessionRow): Promise<unknown> =>
      guarded(() =>
        db
          .updateTable("session")
          .set({ checking_until: 0 })
          .where("id_hash", "=", id_hash)
          .where("checking_until", "=", checking_until)
          .execute(),
      ),

    /** Stores the provider's result, unless another process has claimed the check meanwhile. */
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
