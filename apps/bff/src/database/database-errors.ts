import { WscError } from "@wsc-dashboard/wsc-core";
import { SealBroken } from "./keys.ts";
import type { OpenDatabase } from "./open-database.ts";

/**
 * Returns a wrapper for database work that turns failures (full disk, lost connection, read-only or replaced file) into
 * STORE_UNAVAILABLE.
 */
export function translateDatabaseErrors(database: Pick<OpenDatabase, "assertInPlace">) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      database.assertInPlace();
      const result = await work();
      // A write to a deleted file does not count as stored.
      database.assertInPlace();
      return result;
    } catch (error) {
      if (error instanceof WscError || error instanceof SealBroken) throw error;
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      throw new WscError("STORE_UNAVAILABLE", `the database failed (${code || "unknown reason"})`, { cause: error });
    }
  };
}
