import { randomBytes } from "node:crypto";
import { createMemoToken } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database } from "../database/schema.ts";

/** Lifetime of a previewed token that no submission has used, in milliseconds. */
const previewMs = 1_800_000;
/** Maximum of unused previews of one person; the oldest are deleted first. */
const maxOwn = 100;

const fresh = (): string => createMemoToken(randomBytes(10));

export type MemoTokens = ReturnType<typeof createMemoTokens>;

/**
 * Memo tokens for submissions. A token shown in a preview is bound to the person and to the content of that preview, so that what
 * is sent is what was read; it is used once.
 */
export function createMemoTokens(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /** The token that the next submission of this content will use. */
    promise: (ownerId: string, contentHash: string, at: number): Promise<string> =>
      guarded(() =>
        db.transaction().execute(async (tx) => {
          await tx
            .deleteFrom("preview")
            .where("created_at", "<=", at - previewMs)
            .execute();
          await tx
            .insertInto("preview")
            .values({ owner_id: ownerId, content_hash: contentHash, token: fresh(), created_at: at })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
          const beyond = await tx
            .selectFrom("preview")
            .select("created_at")
            .where("owner_id", "=", ownerId)
            .orderBy("created_at", "desc")
            .limit(1)
            .offset(maxOwn)
            .executeTakeFirst();
          if (beyond !== undefined) {
            await tx
              .deleteFrom("preview")
              .where("owner_id", "=", ownerId)
              .where("created_at", "<=", beyond.created_at)
              .where("content_hash", "!=", contentHash)
              .execute();
          }
          const { token } = await tx
            .selectFrom("preview")
            .select("token")
            .where("owner_id", "=", ownerId)
            .where("content_hash", "=", contentHash)
            .executeTakeFirstOrThrow();
          return token;
        }),
      ),

    forgetOld: (at: number): Promise<void> =>
      guarded(async () => {
        await db
          .deleteFrom("preview")
          .where("created_at", "<=", at - previewMs)
          .execute();
      }),

    /** Returns the promised token, or a new one. Runs in the transaction that stores the submission. */
    async take(tx: Transaction<Database>, ownerId: string, contentHash: string, at: number): Promise<string> {
      const promised = await tx
        .deleteFrom("preview")
        .where("owner_id", "=", ownerId)
        .where("content_hash", "=", contentHash)
        .returning(["token", "created_at"])
        .executeTakeFirst();
      return promised !== undefined && promised.created_at > at - previewMs ? promised.token : fresh();
    },
  };
}
