import type { BudgetUse, Submission } from "@wsc-dashboard/wsc-core";
import type { User } from "../identity/identity.ts";
import { storeGuard } from "../store/store-guard.ts";
import type { OutboxContext } from "./outbox-context.ts";
import { viewsOf, viewWithAttempts } from "./submission-view.ts";

const dayMs = 86_400_000;

/** What people see of submissions. */
export function createSubmissionQueries({ store, ledger }: Pick<OutboxContext, "store" | "ledger">) {
  const { db } = store;
  const guarded = storeGuard(store);

  return {
    get: (id: string, viewer?: User): Promise<Submission | null> =>
      guarded(async () => {
        const row = await db.selectFrom("submission").selectAll().where("id", "=", id).executeTakeFirst();
        return row === undefined ? null : viewWithAttempts(db, row, viewer);
      }),

    ownerOf: (id: string): Promise<string | null> =>
      guarded(async () => {
        const row = await db.selectFrom("submission").select("owner_id").where("id", "=", id).executeTakeFirst();
        return row?.owner_id ?? null;
      }),

    /** Newest first; the settled ones of a day, and all that are not. */
    list: (at: number, viewer?: User): Promise<Submission[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .selectAll()
          .where((row) => row.or([row("settled_at", "is", null), row("settled_at", ">", at - dayMs)]))
          .orderBy("created_at", "desc")
          .orderBy("id")
          .limit(500)
          .execute();
        return viewsOf(db, rows, viewer);
      }),

    /** What the person has used of the budgets, and everybody together. */
    budgetUse: (ownerId: string, at: number): Promise<BudgetUse> =>
      guarded(() =>
        db.transaction().execute(async (tx) => ledger.use(tx, ownerId, at, await ledger.pending(tx, at, ownerId))),
      ),
  };
}
