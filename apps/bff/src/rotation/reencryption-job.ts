import type { AuditJournal } from "../audit/audit-journal.ts";
import type { KeyRing } from "../database/keys.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { readSealUse, type SealUse, sumOf } from "../database/sealed-values.ts";
import type { Logger } from "../log/logger.ts";
import { reencrypt } from "./reencryption.ts";

export interface ReencryptionJobParts {
  readonly database: OpenDatabase;
  readonly ring: KeyRing;
  readonly journal: AuditJournal;
  readonly logger: Logger;
}

/** Keys behind the first one, counted from 1 as they stand in WSC_ENCRYPTION_KEYS, that seal nothing any more. */
const idleKeys = ({ byKey }: SealUse): number[] =>
  byKey.flatMap((counts, index) => (index > 0 && sumOf(counts) === 0 ? [index + 1] : []));

/**
 * Keeps an eye on which keys are needed. A server that has the database to itself re-encrypts whatever an older key sealed; among
 * replicas only a person knows when all of them have the new key, and starts `wsc keys rewrap`.
 */
export function createReencryptionJob({ database, ring, journal, logger }: ReencryptionJobParts) {
  let closing = false;
  let running: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    let use = await readSealUse(database.db, ring);
    if (sumOf(use.byOthers) > 0) {
      logger.error(
        use.byOthers,
        "values that no key of WSC_ENCRYPTION_KEYS opens: put the missing key back; what needs them waits for a person",
      );
    }
    const isStale = (): boolean => use.byKey.slice(1).some((counts) => sumOf(counts) > 0);
    if (isStale() && database.isSoleProcess) {
      const note = (act: Parameters<AuditJournal["note"]>[0]) => journal.note(act, "done");
      const { reencrypted } = await reencrypt({ database, ring, note, shouldStop: () => closing });
      logger.info(reencrypted, "re-encrypted with the first key");
      use = await readSealUse(database.db, ring);
    } else if (isStale()) {
      logger.info("not everything is sealed with the first key: run wsc keys rewrap once every server has it");
    }
    const keys = idleKeys(use);
    // Among replicas a key that seals nothing may be the one to come.
    if (keys.length > 0 && database.isSoleProcess) {
      logger.info({ keys }, "these keys of WSC_ENCRYPTION_KEYS seal nothing any more and may be taken out");
    }
  }

  return {
    /** In the background, after whatever it does already. */
    look(): void {
      running = running
        .then(() => (closing ? undefined : look()))
        .catch((error: unknown) => logger.warn({ err: error }, "the sealed values could not be looked through"));
    },
    async close(): Promise<void> {
      closing = true;
      await running;
    },
  };
}
