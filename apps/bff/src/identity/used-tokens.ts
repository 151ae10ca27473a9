import { createHash } from "node:crypto";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";

/** Records a single-use token. Returns whether this is its first use; it is remembered until `until`. */
export function createUseOnce(database: OpenDatabase): (token: string, until: number) => Promise<boolean> {
  const guarded = translateDatabaseErrors(database);
  return (token, until) =>
    guarded(async () => {
      const id = createHash("sha256").update(token).digest("hex");
      const { numInsertedOrUpdatedRows } = await database.db
        .insertInto("used_token")
        .values({ id, until })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    });
}
