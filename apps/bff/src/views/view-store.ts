import { randomUUID } from "node:crypto";
import { type SavedView, type ViewList, WscError } from "@wsc-dashboard/wsc-core";
import type { Transaction } from "kysely";
import type { AuditChain } from "../audit/audit-chain.ts";
import type { Actor } from "../audit/audit-event.ts";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, SavedViewRow } from "../database/schema.ts";
import { type Act, append, changeableRow, defaultsOf, viewOf, visibleRow, write } from "./view-rows.ts";

const maxOwn = 100;
/** Maximum number of shared views of all people. */
const maxShared = 500;

export interface ViewContent {
  readonly name: string;
  readonly search: Readonly<Record<string, string>>;
}

export type ViewStore = ReturnType<typeof createViewStore>;

/** Saved filters of lists. A view that is not shared is visible to its owner only. */
export function createViewStore(database: OpenDatabase, audit: AuditChain) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const transact = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute(work));

  return {
    list: (user: Actor, list: ViewList | undefined): Promise<SavedView[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("saved_view")
          .selectAll()
          .where(({ or, eb }) => or([eb("owner_id", "=", user.id), eb("is_shared", "=", 1)]))
          .$if(list !== undefined, (query) => query.where("list", "=", list as ViewList))
          .orderBy("name")
          .orderBy("id")
          .limit(maxOwn + maxShared)
          .execute();
        const defaults = await defaultsOf(db, user);
        return rows.map((row) => viewOf(row, user, defaults));
      }),

    /** Creates a view. Throws VIEWS_EXHAUSTED. */
    create: (list: ViewList, { name, search }: ViewContent, at: number, act: Act): Promise<SavedView> =>
      transact(async (tx) => {
        const { user } = act;
        const { count } = await tx
          .selectFrom("saved_view")
          .select(({ fn }) => fn.countAll().as("count"))
          .where("owner_id", "=", user.id)
          .executeTakeFirstOrThrow();
        if (Number(count) >= maxOwn) throw new WscError("VIEWS_EXHAUSTED");
        const row: SavedViewRow = {
          ...{ id: randomUUID(), list, owner_id: user.id, owner_name: user.name, name },
          ...{ search: JSON.stringify(search), is_shared: 0, updated_at: at, version: 1 },
        };
        await tx.insertInto("saved_view").values(row).execute();
        await append(audit, tx, row, "create", at, act);
        return viewOf(row, user, new Set());
      }),

    /** Updates a view. `version`: the one that the person saw. Throws VIEW_NOT_FOUND, ROLE_FORBIDDEN, VIEW_CHANGED. */
    update: (id: string, { name, search }: ViewContent, version: number, at: number, act: Act): Promise<SavedView> =>
      transact(async (tx) => {
        const row = await changeableRow(tx, id, act.user);
        if (row.version !== version) throw new WscError("VIEW_CHANGED");
        const changed = await write(tx, row, { name, search: JSON.stringify(search) }, at);
        await append(audit, tx, changed, "update", at, act);
        return viewOf(changed, act.user, await defaultsOf(tx, act.user));
      }),

    /** Shares or unshares a view. Throws VIEW_NOT_FOUND, ROLE_FORBIDDEN, VIEWS_EXHAUSTED, VIEW_CHANGED. */
    share: (id: string, isShared: boolean, at: number, act: Act): Promise<SavedView> =>
      transact(async (tx) => {
        const row = await changeableRow(tx, id, act.user);
        const defaults = await defaultsOf(tx, act.user);
        if ((row.is_shared === 1) === isShared) return viewOf(row, act.user, defaults);
        const { count } = await tx
          .selectFrom("saved_view")
          .select(({ fn }) => fn.countAll().as("count"))
          .where("is_shared", "=", 1)
          .executeTakeFirstOrThrow();
        if (isShared && Number(count) >= maxShared) throw new WscError("VIEWS_EXHAUSTED");
        const changed = await write(tx, row, { is_shared: isShared ? 1 : 0 }, at);
        await append(audit, tx, changed, "share", at, act);
        return viewOf(changed, act.user, defaults);
      }),

    /** Throws VIEW_NOT_FOUND, ROLE_FORBIDDEN. */
    remove: (id: string, at: number, act: Act): Promise<void> =>
      transact(async (tx) => {
        const row = await changeableRow(tx, id, act.user);
        await tx.deleteFrom("default_view").where("view_id", "=", id).execute();
        await tx.deleteFrom("saved_view").where("id", "=", id).execute();
        await append(audit, tx, row, "remove", at, act);
      }),

    /** Sets the view with which a list opens; `null` for none. Throws VIEW_NOT_FOUND, also for a view of another list. */
    setDefault: (list: ViewList, id: string | null, user: Actor): Promise<void> =>
      transact(async (tx) => {
        if (id !== null && (await visibleRow(tx, id, user)).list !== list) throw new WscError("VIEW_NOT_FOUND");
        await tx.deleteFrom("default_view").where("owner_id", "=", user.id).where("list", "=", list).execute();
        if (id === null) return;
        await tx
          .insertInto("default_view")
          .values({ owner_id: user.id, list, view_id: id })
          .onConflict((conflict) => conflict.columns(["owner_id", "list"]).doUpdateSet({ view_id: id }))
          .execute();
      }),
  };
}
