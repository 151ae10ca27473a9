import type { AuditAct } from "../audit/audit-journal.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { type ReencryptionResult, reencryptDatabase } from "../database/reencrypt-database.ts";
import { sumOf } from "../database/sealed-values.ts";

export interface ReencryptionParts {
  readonly database: OpenDatabase;
  readonly ring: KeyRing;
  /** Appends the result to the audit log. */
  readonly note: (act: AuditAct) => Promise<void>;
  readonly shouldStop?: () => boolean;
}

/** Re-encrypts everything with the first key, records that in the audit log, and removes the old ciphertexts from the file. */
export async function reencrypt({ database, ring, note, shouldStop }: ReencryptionParts): Promise<ReencryptionResult> {
  const done = await reencryptDatabase(database, ring, shouldStop);
  if (sumOf(done.reencrypted) > 0) {
    await note({ actor: "system", action: "keys.rewrap", object: "keys", details: done.reencrypted });
    database.scrub();
  }
  return done;
}
