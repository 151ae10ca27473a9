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

/** Keys other than the first that encrypt nothing, numbered from 1 as in WSC_ENCRYPTION_KEYS. */
const idleKeys = ({ byKey }: SealUse): number[] =>
  byKey.flatMap((counts, index) => (index > 0 && sumOf(counts) === 0 ? [index + 1] : []));

/**
 * Monitors which keys are needed. A server that is the only one on its database re-encrypts what older keys encrypted; with
 * replicas only a person knows when all have the new key, and runs `wsc keys rewrap`.
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
    // With replicas an unused key may be the upcoming one.
    if (keys.length > 0 && database.isSoleProcess) {
      logger.info({ keys }, "these keys of WSC_ENCRYPTION_KEYS seal nothing any more and may be taken out");
    }
  }

  return {
    /** Checks in the background, after a running check. */
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
