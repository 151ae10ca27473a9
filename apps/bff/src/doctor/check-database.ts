import { existsSync, statfsSync, statSync } from "node:fs";
import type { Config } from "../config/config.ts";
import { encryptionKeysOf } from "../config/encryption-keys.ts";
import { inspectDatabase } from "../database/inspect-database.ts";
import { createKeyRing } from "../database/keys.ts";
import { DatabaseRefusal } from "../database/open-database.ts";
import { sumOf } from "../database/sealed-values.ts";
import { readLastBackup } from "../status/last-backup.ts";
import { adviceForConnection, type Finding, ok, problem, warning } from "./finding.ts";

const minFreeBytes = 256 * 1024 * 1024;
const oldBackupMs = 36 * 3_600_000;
const ownerOnly = 0o077;

/** Checks the data directory: a directory, private to the service, with free space. */
function checkDirectory(directory: string): Finding[] {
  const found = existsSync(directory) ? statSync(directory) : null;
  if (found === null) {
    return [
      warning("database", `${directory} does not exist yet`, "the first start makes it; after one, mount it again"),
    ];
  }
  if (!found.isDirectory()) {
    return [
      problem("database", `WSC_DATA_DIR: ${directory} is not a directory`, "name a directory of the service's own"),
    ];
  }
  const findings: Finding[] = [];
  if ((found.mode & ownerOnly) !== 0) {
    findings.push(warning("database", `others may look into ${directory}`, `chmod 700 ${directory}`));
  }
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize < minFreeBytes) {
    findings.push(problem("database", `${directory} is nearly full`, "make room: nothing is accepted on a full disk"));
  }
  return findings;
}

/** Advice by the code of PostgreSQL or of the connection to it. */
const adviceByCode: Readonly<Record<string, string>> = {
  "28P01": "correct the password in WSC_DATABASE_URL",
  "28000": "correct the account in WSC_DATABASE_URL, or let it in from here in pg_hba.conf",
  "3D000": "create the database, or correct its name in WSC_DATABASE_URL",
  "42501": "make the account the owner of the database",
  "53300": "raise max_connections of PostgreSQL, or end what uses its connections",
  "57P03": "PostgreSQL is starting or stopping: try again",
};

function adviceFor({ kind, code }: DatabaseRefusal): string {
  switch (kind) {
    case "older":
      return "start the dashboard once: it brings the database up to date";
    case "newer":
      return "install the newer release again, or restore the backup made before it";
    case "unreadable":
      return "correct WSC_DATA_DIR, or restore a backup";
    case "address":
      return "write postgres://user@host/database";
    case "connection":
      return adviceByCode[code] ?? adviceForConnection([code]) ?? "look the code up in the manual of PostgreSQL";
    case "other":
      return "see docs/self-hosting.md, Restore";
  }
}

/** Checks the database, also while a server is running. */
export async function checkDatabase(config: Config): Promise<Finding[]> {
  const { dataDirectory, databaseUrl } = config;
  const findings = checkDirectory(dataDirectory);
  if (findings.some(({ state }) => state === "problem")) return findings;
  if (databaseUrl === null && !existsSync(dataDirectory)) return findings;
  try {
    const ring = createKeyRing(encryptionKeysOf(config));
    const found = await inspectDatabase(config, ring);
    if (found === null) return [...findings, ok("database", "there is none yet: the first start makes it")];
    const { kind, identity, known, settingsOff, sealedByOthers } = found;
    if (settingsOff.length > 0) {
      const text = `PostgreSQL runs with ${settingsOff.join(" and ")} off: a paid call could be lost`;
      findings.push(problem("database", text, "switch them on"));
    }
    if (known !== null && known !== identity) {
      const advice = `put the right one back, or run "wsc database accept" once when this one is meant`;
      findings.push(problem("database", "this is not the database that was used before", advice));
    }
    if (sumOf(sealedByOthers) > 0) {
      const text = `${sumOf(sealedByOthers)} values are sealed with a key that is not in WSC_ENCRYPTION_KEYS`;
      findings.push(problem("database", text, "add the missing key behind the first one"));
    }
    return findings.length > 0 ? findings : [ok("database", `${kind} can be read, and its values can be decrypted`)];
  } catch (error) {
    if (!(error instanceof DatabaseRefusal)) throw error;
    return [...findings, problem("database", error.message, adviceFor(error))];
  }
}

export async function checkBackup({ dataDirectory }: Config, now: number): Promise<Finding> {
  const at = await readLastBackup(dataDirectory);
  const advice = `run "wsc backup" every night, or touch ${dataDirectory}/last-backup after a backup by other means`;
  if (at === null) return warning("backup", "no backup was reported", advice);
  const hours = Math.floor((now - at) / 3_600_000);
  return now - at > oldBackupMs
    ? warning("backup", `the last backup is ${hours} hours old`, advice)
    : ok("backup", `the last backup is ${hours} hours old`);
}
