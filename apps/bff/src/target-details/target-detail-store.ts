import { type TargetDescription, type TargetDetails, WscError } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { type Actor, actedBy } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, TargetDetailsRow } from "../database/schema.ts";

const maxTargets = 5_000;

interface Act {
  readonly user: Actor;
  readonly requestId: string;
}

export interface DescribedTarget {
  readonly host: string;
  readonly description: TargetDescription;
}

const fields = ["tags", "owner", "service", "note"] as const;

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

export type TargetDetailStore = ReturnType<typeof createTargetDetailStore>;

/** What people say about targets: tags, owner, service and a note. Kept whether or not a job of the target is known. */
export function createTargetDetailStore(database: OpenDatabase, audit: AuditChain) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const transact = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute(work));

  const rowOf = (tx: Transaction<Database>, host: string): Promise<TargetDetailsRow | undefined> =>
    tx.selectFrom("target_details").selectAll().where("host", "=", host).executeTakeFirst();

  async function insert(tx: Transaction<Database>, row: TargetDetailsRow): Promise<void> {
    const { count } = await tx
      .selectFrom("target_details")
      .select(({ fn }) => fn.countAll().as("count"))
      .executeTakeFirstOrThrow();
    if (Number(count) >= maxTargets) throw new WscError("TARGETS_EXHAUSTED");
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto("target_details")
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows !== 1n) throw new WscError("TARGET_CHANGED");
  }

  /** Writes what differs from `earlier`, with its audit entry. */
  async function write(
    tx: Transaction<Database>,
    { host, description }: DescribedTarget,
    earlier: TargetDetailsRow | undefined,
    at: number,
    { user, requestId }: Act,
  ): Promise<TargetDetailsRow> {
    const columns = columnsOf(description);
    const changed = fields.filter((field) => columns[field] !== (earlier?.[field] ?? (field === "tags" ? "[]" : null)));
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
        return detailsOf(await write(tx, target, earlier, at, act));
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
