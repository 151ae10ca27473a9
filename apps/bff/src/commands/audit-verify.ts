import { type AuditAnchors, verifyAuditChain } from "../audit/verify-audit.ts";
import { encryptionKeysOf } from "../config/encryption-keys.ts";
import { createKeyRing } from "../database/keys.ts";
import { openDatabaseForReading } from "../database/open-database.ts";
import type { Command } from "./command.ts";

/** Verifies the audit chain from the first entry to the head, also while a server is running. */
export const auditVerify =
  (anchors: AuditAnchors): Command =>
  async (config) => {
    const database = await openDatabaseForReading(config);
    const ring = createKeyRing(encryptionKeysOf(config));
    const verdict = await verifyAuditChain(database.db, ring, { anchors }).finally(() => database.close());
    const line = verdict.intact
      ? `intact: ${verdict.entries} entries, head ${verdict.head}`
      : `broken at entry ${verdict.brokenAt}: ${verdict.why} (${verdict.entries} entries before it are intact)`;
    return { lines: [line], isWell: verdict.intact };
  };
