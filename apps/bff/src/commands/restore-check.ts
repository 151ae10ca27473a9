import { verifyAuditChain } from "../audit/verify-audit.ts";
import type { Environment } from "../config/env.ts";
import { SettingReader } from "../config/setting-reader.ts";
import { type BackupKind, backupKindOf, hasOwnChecksum, type OpenBackup, openBackup } from "../database/backup.ts";
import { createKeyRing, type KeyRing } from "../database/keys.ts";
import { readSealUse, sumOf } from "../database/sealed-values.ts";
import type { CommandResult, OpenCommand } from "./command.ts";

interface Verdict {
  readonly line: string;
  readonly isWell: boolean;
}

/** The keys in the environment; `null` when none is set. Throws a RangeError. */
function ringIn(environment: Environment): KeyRing | null {
  const reader = new SettingReader(environment);
  const keys = reader.get("WSC_ENCRYPTION_KEYS") ?? [];
  if (reader.problems.length > 0) throw new RangeError(reader.problems.join("\n"));
  return keys.length === 0 ? null : createKeyRing(keys.map((key) => Buffer.from(key.reveal(), "base64")));
}

async function checkSum(file: string): Promise<Verdict> {
  const isSame = await hasOwnChecksum(file);
  if (isSame === null) return { line: `there is no ${file}.sha256 to compare it with`, isWell: true };
  return { line: isSame ? "its checksum is right" : "its checksum is wrong: the file was changed", isWell: isSame };
}

async function checkWithKeys({ db }: OpenBackup, ring: KeyRing): Promise<Verdict[]> {
  const others = sumOf((await readSealUse(db, ring)).byOthers);
  const verdict = await verifyAuditChain(db, ring);
  return [
    {
      line: others === 0 ? "the keys decrypt everything in it" : `the keys do not decrypt ${others} values in it`,
      isWell: others === 0,
    },
    {
      line: verdict.intact
        ? `its audit chain is intact: ${verdict.entries} entries, head ${verdict.head}`
        : `its audit chain is broken at entry ${verdict.brokenAt}: ${verdict.why}`,
      isWell: verdict.intact,
    },
  ];
}

async function checkContent(file: string, kind: BackupKind, environment: Environment): Promise<Verdict[]> {
  const opened = await openBackup(file, kind, environment.PATH);
  try {
    const count = async (table: "submission" | "schedule" | "audit"): Promise<number> => {
      const row = await opened.db
        .selectFrom(table)
        .select((of) => of.fn.countAll().as("count"))
        .executeTakeFirstOrThrow();
      return Number(row.count);
    };
    const last = await opened.db.selectFrom("audit").select("at").orderBy("seq", "desc").limit(1).executeTakeFirst();
    const until = last === undefined ? "" : `, until ${new Date(Number(last.at)).toISOString()}`;
    const held = `${await count("submission")} submissions, ${await count("schedule")} schedules, ${await count("audit")} audit entries${until}`;
    const ring = ringIn(environment);
    return [
      {
        line: opened.isWhole ? "the database in it is whole" : "the database in it is damaged",
        isWell: opened.isWhole,
      },
      { line: `it holds ${held}`, isWell: true },
      ...(ring === null
        ? [
            {
              line: "without WSC_ENCRYPTION_KEYS it cannot be checked whether its values can be decrypted",
              isWell: true,
            },
          ]
        : await checkWithKeys(opened, ring)),
    ];
  } finally {
    await opened.close();
  }
}

/** Checks whether a backup can be restored. Changes neither the backup nor the database. */
export const restoreCheck =
  (file: string): OpenCommand =>
  async ({ environment }): Promise<CommandResult> => {
    const kind = await backupKindOf(file);
    const sum = await checkSum(file);
    const verdicts = [sum, ...(await checkContent(file, kind, environment))];
    return {
      lines: verdicts.map(({ line }) => line),
      isWell: verdicts.every(({ isWell }) => isWell),
      data: { file, kind },
    };
  };
