import { WscError } from "@wsc-dashboard/wsc-core";
import { SealBroken } from "./keys.ts";
import type { OpenDatabase } from "./open-database.ts";

/** Runs work on the database; a full disk, a lost connection, a read-only file or one that was replaced become STORE_UNAVAILABLE. */
export function translateDatabaseErrors(database: Pick<OpenDatabase, "assertInPlace">) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      database.assertInPlace();
      const result = await work();
      // What was written to a deleted file must not be regarded as stored.
      database.assertInPlace();
      return result;
    } catch (error) {
      if (error instanceof WscError || error instanceof SealBroken) throw error;
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      throw new WscError("STORE_UNAVAILABLE", `the database failed (${code || "unknown reason"})`, { cause: error });
    }
  };
}
