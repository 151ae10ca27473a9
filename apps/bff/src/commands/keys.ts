import { openAuditChain } from "../audit/audit-chain.ts";
import type { Config } from "../config/config.ts";
import { encryptionKeysOf } from "../config/encryption-keys.ts";
import { createKeyRing, type KeyRing } from "../database/keys.ts";
import { isNamedKeyOpen } from "../database/named-keys.ts";
import {
  type DatabaseClient,
  DatabaseInUse,
  DatabaseRefusal,
  openDatabase,
  openDatabaseForReading,
} from "../database/open-database.ts";
import {
  readSealUse,
  type SealCounts,
  type SealedNoun,
  type SealUse,
  sealedNouns,
  sumOf,
} from "../database/sealed-values.ts";
import { reencrypt } from "../rotation/reencryption.ts";
import type { Command, CommandResult } from "./command.ts";

const words: Readonly<Record<SealedNoun, string>> = {
  signIns: "sign-ins of submissions",
  scheduleSignIns: "sign-ins of schedules",
  sessions: "sessions",
  channels: "receivers and secrets of channels",
  ownKeys: "keys of the dashboard's own",
};

const listOf = (counts: SealCounts): string =>
  sumOf(counts) === 0
    ? "nothing"
    : sealedNouns.flatMap((noun) => (counts[noun] === 0 ? [] : [`${words[noun]} (${counts[noun]})`])).join(", ");

/** One line per key, numbered from 1 as in the setting, and one for values without a key. */
function tell({ byKey, byOthers }: SealUse): CommandResult {
  const lines = byKey.map((counts, index) => {
    const line = `key ${index + 1} of WSC_ENCRYPTION_KEYS seals ${listOf(counts)}`;
    return index > 0 && sumOf(counts) === 0
      ? `${line}: it may be removed once every running server has key 1 first; keep it with backups that are older`
      : line;
  });
  const isOpen = sumOf(byOthers) === 0;
  return { lines: isOpen ? lines : [...lines, `no key opens ${listOf(byOthers)}`], isWell: isOpen };
}

const ringOf = (config: Config): KeyRing => createKeyRing(encryptionKeysOf(config));

/** Shows which key encrypts what, and which may be removed; also while a server is running. */
export const keysStatus: Command = async (config) => {
  const database = await openDatabaseForReading(config);
  return readSealUse(database.db, ringOf(config))
    .then(tell)
    .finally(() => database.close());
};

/** Throws DatabaseRefusal if the audit key cannot be decrypted: appending would begin a chain that the server cannot read. */
async function refuseForeignKeys(db: DatabaseClient, ring: KeyRing): Promise<void> {
  if (await isNamedKeyOpen(db, ring, "audit")) return;
  throw new DatabaseRefusal(
    "these are not the keys of this database: WSC_ENCRYPTION_KEYS must hold all that the server has",
  );
}

async function checkBeforehand(config: Config, ring: KeyRing): Promise<void> {
  // A reader does not migrate an older database; that is left to the server.
  const reader = await openDatabaseForReading(config);
  await refuseForeignKeys(reader.db, ring).finally(() => reader.close());
}

/**
 * Re-encrypts everything with the first key: on PostgreSQL while servers are running, on SQLite only while none is. It may be
 * killed and restarted at any time.
 */
export const keysRewrap: Command = async (config) => {
  const ring = ringOf(config);
  await checkBeforehand(config, ring);
  const database = await openDatabase(config).catch((error: unknown) => {
    if (!(error instanceof DatabaseInUse)) throw error;
    throw new DatabaseRefusal(`${error.message}; a running server re-encrypts by itself, at its start and on SIGHUP`);
  });
  try {
    const chain = await openAuditChain(database.db, ring);
    const { reencrypted } = await reencrypt({
      database,
      ring,
      note: (act) =>
        database.db.transaction().execute((tx) => chain.append(tx, { at: Date.now(), ...act, result: "done" })),
    });
    const use = await readSealUse(database.db, ring);
    const { lines, isWell } = tell(use);
    const isStale = use.byKey.slice(1).some((counts) => sumOf(counts) > 0);
    return { lines: [`re-encrypted with the first key: ${listOf(reencrypted)}`, ...lines], isWell: isWell && !isStale };
  } finally {
    await database.close();
  }
};
