import { type ImportOutcome, type TargetDescription, type TargetDetails, WscError } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { type Actor, actedBy } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, TargetDetailsRow } from "../database/schema.ts";
import type { ImportRow } from "./target-file.ts";
import type { NewOwner, TellNewOwners } from "./target-notifications.ts";

const maxTargets = 5_000;

interface Act {
  readonly user: Actor;
  readonly requestId: string;
}

const nothing: TargetDescription = { tags: [], owner: null, service: null, note: null };

export interface DescribedTarget {
  readonly host: string;
  readonly description: TargetDescription;
}

const fields = ["tags", "owner", "service", "note"] as const;

const descriptionOf = ({ tags, owner, service, note }: TargetDetailsRow): TargetDescription => ({
  ...{ owner, service, note },
  tags: JSON.parse(tags) as string[],
});

function detailsOf(row: TargetDetailsRow): TargetDetails {
  return {
    tags: JSON.parse(row.tags) as string[],
    ...{ owner: row.owner, service: row.service, note: row.note },
    version: row.version,
    updatedAt: new Date(row.updated_at).toISOString(),
    updatedBy: row.updated_by,
  };
}

const columnsOf = ({ tags, owner, service, note }: TargetDescription) => ({
  ...{ owner, service, note },
  tags: JSON.stringify(tags),
});

/** The fields in which a description differs from what is kept. */
const changedFields = (columns: ReturnType<typeof columnsOf>, earlier: TargetDetailsRow | undefined) =>
  fields.filter((field) => columns[field] !== (earlier?.[field] ?? (field === "tags" ? "[]" : null)));

const rowOf = (tx: Transaction<Database>, host: string): Promise<TargetDetailsRow | undefined> =>
  tx.selectFrom("target_details").selectAll().where("host", "=", host).executeTakeFirst();

async function insert(tx: Transaction<Database>, row: TargetDetailsRow): Promise<void> {
  const { count } = await tx
    .selectFrom("target_details")
    .select(({ fn }) => fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  checkRoom(Number(count), false);
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("target_details")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) throw new WscError("TARGET_CHANGED");
}

/** Writes what differs from `earlier`, with its audit entry. */
async function writeRow(
  audit: AuditChain,
  tx: Transaction<Database>,
  { host, description }: DescribedTarget,
  earlier: TargetDetailsRow | undefined,
  at: number,
  { user, requestId }: Act,
): Promise<TargetDetailsRow> {
  const columns = columnsOf(description);
  const changed = changedFields(columns, earlier);
  if (earlier !== undefined && changed.length === 0) return earlier;
  const row = { host, ...columns, updated_at: at, updated_by: user.name, version: (earlier?.version ?? 0) + 1 };
  if (earlier === undefined) await insert(tx, row);
  else {
    const { numUpdatedRows } = await tx
      .updateTable("target_details")
      .set(row)
      .where("host", "=", host)
      .where("version", "=", earlier.version)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new WscError("TARGET_CHANGED");
  }
  await audit.append(tx, {
    ...actedBy(user),
    ...{ at, action: "target.describe", object: `target/${host}`, target: host, result: "done", requestId },
    details: { changed: changed.join(" ") },
  });
  return row;
}

/** The new owner of a target; `null` if it has none or the same as before. */
function newOwnerOf(row: TargetDetailsRow, earlier: TargetDetailsRow | undefined): NewOwner | null {
  const { host, owner, version } = row;
  return owner === null || owner === earlier?.owner ? null : { host, owner, version };
}

const rowsOf = async (tx: Transaction<Database>): Promise<ReadonlyMap<string, TargetDetailsRow>> =>
  new Map((await tx.selectFrom("target_details").selectAll().execute()).map((row) => [row.host, row]));

/** Throws TARGETS_EXHAUSTED for one more than may be. */
function checkRoom(count: number, isKnown: boolean): void {
  if (!isKnown && count >= maxTargets) throw new WscError("TARGETS_EXHAUSTED");
}

/** What comes of a row of a file, in the order of the file. */
async function importRow(
  { described, wrong }: ImportRow,
  earlier: TargetDetailsRow | undefined,
  write: (description: TargetDescription) => Promise<unknown>,
): Promise<ImportOutcome> {
  if (wrong.length > 0) return "refused";
  const description = { ...(earlier === undefined ? nothing : descriptionOf(earlier)), ...described };
  if (earlier !== undefined && changedFields(columnsOf(description), earlier).length === 0) return "unchanged";
  try {
    await write(description);
  } catch (error) {
    if (error instanceof WscError && error.code === "TARGETS_EXHAUSTED") return "full";
    throw error;
  }
  return earlier === undefined ? "created" : "changed";
}

export type TargetDetailStore = ReturnType<typeof createTargetDetailStore>;

/** What people say about targets: tags, owner, service and a note. Kept whether or not a job of the target is known. */
export function createTargetDetailStore(database: OpenDatabase, audit: AuditChain, tell?: TellNewOwners) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const transact = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute(work));

  return {
    all: (): Promise<ReadonlyMap<string, TargetDetails>> =>
      guarded(async () => {
        const rows = await db.selectFrom("target_details").selectAll().execute();
        return new Map(rows.map((row) => [row.host, detailsOf(row)]));
      }),

    /** `version`: of what the person saw, 0 for nothing. Throws TARGET_CHANGED, TARGETS_EXHAUSTED. */
    describe: (target: DescribedTarget, version: number, at: number, act: Act): Promise<TargetDetails> =>
      transact(async (tx) => {
        const earlier = await rowOf(tx, target.host);
        if ((earlier?.version ?? 0) !== version) throw new WscError("TARGET_CHANGED");
        const row = await writeRow(audit, tx, target, earlier, at, act);
        const assigned = newOwnerOf(row, earlier);
        if (assigned !== null) await tell?.(tx, [assigned], at, act.user.id);
        return detailsOf(row);
      }),

    /** What comes of each row of a file; with `dryRun` what would. Throws TARGET_CHANGED when somebody else changes one meanwhile. */
    importRows: (rows: readonly ImportRow[], dryRun: boolean, at: number, act: Act): Promise<ImportOutcome[]> =>
      transact(async (tx) => {
        const earlier = await rowsOf(tx);
        const seen = new Set<string>();
        const outcomes: ImportOutcome[] = [];
        const assigned: NewOwner[] = [];
        for (const row of rows) {
          if (row.wrong.length === 0 && seen.has(row.host)) {
            outcomes.push("duplicate");
            continue;
          }
          const write = async (description: TargetDescription): Promise<void> => {
            if (dryRun)
              return checkRoom(
                earlier.size + outcomes.filter((one) => one === "created").length,
                earlier.has(row.host),
              );
            const before = earlier.get(row.host);
            const written = await writeRow(audit, tx, { host: row.host, description }, before, at, act);
            const owner = newOwnerOf(written, before);
            if (owner !== null) assigned.push(owner);
          };
          outcomes.push(await importRow(row, earlier.get(row.host), write));
          seen.add(row.host);
        }
        if (assigned.length > 0) await tell?.(tx, assigned, at, act.user.id);
        return outcomes;
      }),

    /** Whether there was something to remove. */
    remove: (host: string, at: number, { user, requestId }: Act): Promise<boolean> =>
      transact(async (tx) => {
        const { numDeletedRows } = await tx.deleteFrom("target_details").where("host", "=", host).executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await audit.append(tx, {
          ...actedBy(user),
          ...{ at, action: "target.removeDetails", object: `target/${host}`, target: host, result: "done", requestId },
        });
        return true;
      }),
  };
}
