import type { AuditAct } from "../audit/audit-journal.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { type ReencryptionResult, reencryptDatabase } from "../database/reencrypt-database.ts";
import { sumOf } from "../database/sealed-values.ts";

export interface ReencryptionParts {
  readonly database: OpenDatabase;
  readonly ring: KeyRing;
  /** Writes into the audit log what was done. */
  readonly note: (act: AuditAct) => Promise<void>;
  readonly shouldStop?: () => boolean;
}

/** Seals everything with the first key, tells the audit log, and writes what older keys would open out of the file. */
export async function reencrypt({ database, ring, note, shouldStop }: ReencryptionParts): Promise<ReencryptionResult> {
  const done = await reencryptDatabase(database, ring, shouldStop);
  if (sumOf(done.reencrypted) > 0) {
    await note({ actor: "system", action: "keys.rewrap", object: "keys", details: done.reencrypted });
    database.scrub();
  }
  return done;
}
