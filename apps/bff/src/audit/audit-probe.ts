import type { DatabaseClient } from "../database/open-database.ts";
import type { AuditChain } from "./audit-chain.ts";

/**
 * Checks whether an entry can be written now, in a transaction that is rolled back. Concurrent callers share one attempt, because
 * the probe locks the head row, for which paid calls wait as well.
 */
export function createAuditProbe(db: DatabaseClient, chain: AuditChain) {
  let running: Promise<boolean> | undefined;

  async function attempt(at: number): Promise<boolean> {
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

  return (at: number): Promise<boolean> => {
    running ??= attempt(at).finally(() => {
      running = undefined;
    });
    return running;
  };
}
