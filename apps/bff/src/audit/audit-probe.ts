import type { Store } from "../store/open-store.ts";
import type { AuditChain } from "./audit-chain.ts";

/** Whether an entry could be kept at this moment. Tries it and takes it back. */
export async function canKeepEntries(db: Store, chain: AuditChain, at: number): Promise<boolean> {
  const takenBack = new Error("taken back");
  try {
    await db.transaction().execute(async (tx) => {
      await chain.append(tx, { at, actor: "system", action: "audit.probe", object: "audit", result: "done" });
      throw takenBack;
    });
  } catch (error) {
    return error === takenBack;
  }
  return false;
}
