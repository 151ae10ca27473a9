import { WscError } from "@wsc-dashboard/wsc-core";
import { SealBroken } from "./keys.ts";
import type { OpenStore } from "./open-store.ts";

/** Runs work on the store; a full disk, a lost connection or a read-only file become STORE_UNAVAILABLE. */
export function storeGuard(_store: OpenStore) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof WscError || error instanceof SealBroken) throw error;
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      throw new WscError("STORE_UNAVAILABLE", `the store failed (${code || "unknown reason"})`, { cause: error });
    }
  };
}
