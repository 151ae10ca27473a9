import { type SignIn, WscError } from "@wsc-dashboard/wsc-core";
import type { ExpressionBuilder, Transaction } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database } from "../database/schema.ts";
import { sealedColumns } from "../database/sealed-values.ts";

export type CredentialVault = ReturnType<typeof createCredentialVault>;

const { placeOf } = sealedColumns.signIns;

/**
 * Holds target credentials from the request until the call: encrypted for one submission, decrypted only for the call, and erased
 * once the outcome is settled, from the table and, on SQLite, from database file and write-ahead log.
 */
export function createCredentialVault(database: OpenDatabase, ring: KeyRing) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    async put(tx: Transaction<Database>, submissionId: string, signIn: SignIn): Promise<void> {
      if (signIn.kind === "none") return;
      const sealed = ring.seal(JSON.stringify(signIn), placeOf(submissionId));
      await tx.insertInto("sign_in").values({ submission_id: submissionId, sealed }).execute();
    },

    /**
     * `kind` is the kind that was requested, if known: missing credentials must not be taken for "none". Throws SealBroken when
     * no key decrypts them, SIGN_IN_UNREADABLE when they are missing.
     */
    open: (submissionId: string, kind: SignIn["kind"] | undefined): Promise<SignIn> =>
      guarded(async () => {
        const row = await db
          .selectFrom("sign_in")
          .select("sealed")
          .where("submission_id", "=", submissionId)
          .executeTakeFirst();
        if (row !== undefined) return JSON.parse(ring.open(row.sealed, placeOf(submissionId))) as SignIn;
        if (kind !== undefined && kind !== "none")
          throw new WscError("SIGN_IN_UNREADABLE", "target credentials are gone");
        return { kind: "none" };
      }),

    erase: (submissionId: string): Promise<void> =>
      guarded(async () => {
        const { numDeletedRows } = await db
          .deleteFrom("sign_in")
          .where("submission_id", "=", submissionId)
          .executeTakeFirst();
        if (numDeletedRows > 0n) database.scrub();
      }),

    /** Erases what a crash between settlement and erasure left behind, and repeats a scrub that could not be done at once. */
    eraseSettled: (): Promise<void> =>
      guarded(async () => {
        // Starts from the few encrypted rows, because the number of settled submissions grows without bound.
        const isSettled = (row: ExpressionBuilder<Database, "sign_in">) =>
          row.exists(
            row
              .selectFrom("submission")
              .select("submission.id")
              .whereRef("submission.id", "=", "sign_in.submission_id")
              .where("submission.settled_at", "is not", null),
          );
        const left = await db
          .selectFrom("sign_in")
          .select("submission_id")
          .where(isSettled)
          .limit(1)
          .executeTakeFirst();
        if (left === undefined) {
          database.finishScrub();
          return;
        }
        await db.deleteFrom("sign_in").where(isSettled).execute();
        database.scrub();
      }),
  };
}
