import { createHash } from "node:crypto";
import type { OpenStore } from "../store/open-store.ts";
import { storeGuard } from "../store/store-guard.ts";

/** Records a token that is valid once. Answers whether this is its first use; it is remembered until `until`. */
export function createUseOnce(store: OpenStore): (token: string, until: number) => Promise<boolean> {
  const guarded = storeGuard(store);
  return (token, until) =>
    guarded(async () => {
      const id = createHash("sha256").update(token).digest("hex");
      const { numInsertedOrUpdatedRows } = await store.db
        .insertInto("used_token")
        .values({ id, until })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    });
}
