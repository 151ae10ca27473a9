import { type SavedView, WscError } from "@wsc-dashboard/wsc-core";
import type { Kysely, Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import { type Actor, actedBy } from "../audit/audit-event.ts";
import type { Database, SavedViewRow } from "../database/schema.ts";

export interface Act {
  readonly user: Actor;
  readonly requestId: string;
}

const isOwn = (row: SavedViewRow, user: Actor): boolean => row.owner_id === user.id;

export function viewOf(row: SavedViewRow, user: Actor, defaults: ReadonlySet<string>): SavedView {
  return {
    ...{ id: row.id, list: row.list, name: row.name, owner: row.owner_name, version: row.version },
    search: JSON.parse(row.search) as Record<string, string>,
    isShared: row.is_shared === 1,
    isOwn: isOwn(row, user),
    isDefault: defaults.has(row.id),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

/** Ids of the views with which lists open for a person. */
export async function defaultsOf(reader: Kysely<Database>, user: Actor): Promise<ReadonlySet<string>> {
  const rows = await reader.selectFrom("default_view").select("view_id").where("owner_id", "=", user.id).execute();
  return new Set(rows.map(({ view_id }) => view_id));
}

/** The row of a view that the person may see. Throws VIEW_NOT_FOUND. */
export async function visibleRow(tx: Transaction<Database>, id: string, user: Actor): Promise<SavedViewRow> {
  const row = await tx.selectFrom("saved_view").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined || !(isOwn(row, user) || row.is_shared === 1)) throw new WscError("VIEW_NOT_FOUND");
  return row;
}

/** The row of a view that the person may change. Throws VIEW_NOT_FOUND, and ROLE_FORBIDDEN for another person's shared view. */
export async function changeableRow(tx: Transaction<Database>, id: string, user: Actor): Promise<SavedViewRow> {
  const row = await visibleRow(tx, id, user);
  if (!isOwn(row, user) && !user.roles.includes("admin")) throw new WscError("ROLE_FORBIDDEN");
  return row;
}

/** Appends the audit entry of a change. */
export const append = (
  audit: AuditChain,
  tx: Transaction<Database>,
  row: SavedViewRow,
  verb: string,
  at: number,
  act: Act,
) =>
  audit.append(tx, {
    ...actedBy(act.user),
    ...{ at, action: `view.${verb}`, object: `view/${row.id}`, result: "done", requestId: act.requestId },
    details: { list: row.list, shared: row.is_shared === 1 },
  });

/** Updates a row if its version is unchanged. Throws VIEW_CHANGED. */
export async function write(tx: Transaction<Database>, row: SavedViewRow, change: Partial<SavedViewRow>, at: number) {
  const changed = { ...row, ...change, updated_at: at, version: row.version + 1 };
  const { numUpdatedRows } = await tx
    .updateTable("saved_view")
    .set(changed)
    .where("id", "=", row.id)
    .where("version", "=", row.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw new WscError("VIEW_CHANGED");
  return changed;
}
