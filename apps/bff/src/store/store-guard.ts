import { WscError } from "@wsc-dashboard/wsc-core";
import { SealBroken } from "./keys.ts";
import type { OpenStore } from "./open-store.ts";

/** Runs work on the store; a full disk, a lost connection, a read-only file or one that was replaced become STORE_UNAVAILABLE. */
export function storeGuard(store: Pick<OpenStore, "assertInPlace">) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      store.assertInPlace();
      const result = await work();
      // What was kept in a file that nobody finds again must not be taken for kept.
      store.assertInPlace();
      return result;
    } catch (error) {
      if (error instanceof WscError || error instanceof SealBroken) throw error;
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      throw new WscError("STORE_UNAVAILABLE", `the store failed (${code || "unknown reason"})`, { cause: error });
    }
  };
}
