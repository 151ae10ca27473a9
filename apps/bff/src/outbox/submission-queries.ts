import {
  type BudgetUse,
  type Page,
  pageOf,
  type Submission,
  type SubmissionState,
  submissionRank,
  submissionStates,
} from "@wsc-dashboard/wsc-core";
import { type ExpressionBuilder, sql } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { Database } from "../database/schema.ts";
import type { User } from "../identity/identity.ts";
import type { OutboxContext } from "./outbox-context.ts";
import { viewsOf, viewWithAttempts } from "./submission-view.ts";

const dayMs = 86_400_000;

export interface SubmissionPage extends Page {
  readonly view: "all" | "pending";
}

const isPending = (state: SubmissionState): boolean => state !== "BOUND" && state !== "CANCELLED";
const notPending = submissionStates.filter((state) => !isPending(state));
const rankOfState = sql<number>`case state ${sql.join(
  submissionStates.map((state) => sql`when ${sql.lit(state)} then ${sql.lit(submissionRank[state])}`),
  sql` `,
)} end`;

/** All open submissions, and those final within a day. */
const listed = (view: SubmissionPage["view"], at: number) => (row: ExpressionBuilder<Database, "submission">) =>
  row.and([
    row.or([row("settled_at", "is", null), row("settled_at", ">", at - dayMs)]),
    ...(view === "pending" ? [row("state", "not in", notPending)] : []),
  ]);

/** What people see of submissions. */
export function createSubmissionQueries({ database, ledger }: Pick<OutboxContext, "database" | "ledger">) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

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

    /** A page of all submissions; `total` counts the rows of all pages. */
    list: (at: number, { view, page, limit }: SubmissionPage, viewer?: User) =>
      guarded(async () => {
        const { total } = await db
          .selectFrom("submission")
          .select((row) => row.fn.countAll().as("total"))
          .where(listed(view, at))
          .executeTakeFirstOrThrow();
        const query = db.selectFrom("submission").selectAll().where(listed(view, at));
        const ordered =
          view === "pending" ? query.orderBy(rankOfState).orderBy("due_at") : query.orderBy("created_at", "desc");
        const rows = await ordered
          .orderBy("id")
          .limit(limit)
          .offset((page - 1) * limit)
          .execute();
        return { submissions: await viewsOf(db, rows, viewer), ...pageOf({ page, limit }, Number(total)) };
      }),

    /** Used budget of the person, and in total. */
    budgetUse: (ownerId: string, at: number): Promise<BudgetUse> =>
      guarded(() =>
        db.transaction().execute(async (tx) => ledger.use(tx, ownerId, at, await ledger.pending(tx, at, ownerId))),
      ),

    /** Used budget of the day; `null` without a limit. */
    dayBudget: (at: number): Promise<BudgetUse["day"]> =>
      guarded(() => db.transaction().execute((tx) => ledger.useOfDay(tx, at))),
  };
}
