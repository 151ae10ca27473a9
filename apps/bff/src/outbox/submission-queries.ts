import {
  attentionStates,
  type BudgetUse,
  type JobTab,
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
  readonly tab?: JobTab | undefined;
}

/** Numbers of open submissions by tab. */
export type OpenSubmissions = Readonly<Record<JobTab, number>>;

const isPending = (state: SubmissionState): boolean => state !== "BOUND" && state !== "CANCELLED";
const notPending = submissionStates.filter((state) => !isPending(state));
const rankOfState = sql<number>`case state ${sql.join(
  submissionStates.map((state) => sql`when ${sql.lit(state)} then ${sql.lit(submissionRank[state])}`),
  sql` `,
)} end`;

type Row = ExpressionBuilder<Database, "submission">;

function inTab(row: Row, tab: JobTab, viewer: User | undefined) {
  if (tab === "active") return row("settled_at", "is", null);
  return tab === "attention" ? row("state", "in", attentionStates) : row("owner_id", "=", viewer?.id ?? "");
}

/** Open submissions, and those settled within the last day. */
const listed =
  ({ view, tab }: Pick<SubmissionPage, "view" | "tab">, at: number, viewer: User | undefined) =>
  (row: Row) =>
    row.and([
      row.or([row("settled_at", "is", null), row("settled_at", ">", at - dayMs)]),
      ...(view === "pending" ? [row("state", "not in", notPending)] : []),
      ...(tab === undefined ? [] : [inTab(row, tab, viewer)]),
    ]);

/** Queries for what people see of submissions. */
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

    /** One page of the submissions; `total` counts the rows of all pages. */
    list: (at: number, { page, limit, ...part }: SubmissionPage, viewer?: User) =>
      guarded(async () => {
        const { total } = await db
          .selectFrom("submission")
          .select((row) => row.fn.countAll().as("total"))
          .where(listed(part, at, viewer))
          .executeTakeFirstOrThrow();
        const query = db
          .selectFrom("submission")
          .selectAll()
          .where(listed(part, at, viewer));
        const ordered =
          part.view === "pending" ? query.orderBy(rankOfState).orderBy("due_at") : query.orderBy("created_at", "desc");
        const rows = await ordered
          .orderBy("id")
          .limit(limit)
          .offset((page - 1) * limit)
          .execute();
        return { submissions: await viewsOf(db, rows, viewer), ...pageOf({ page, limit }, Number(total)) };
      }),

    openCounts: (viewerId: string): Promise<OpenSubmissions> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("submission")
          .select(["state", "owner_id"])
          .where("settled_at", "is", null)
          .execute();
        return {
          active: rows.length,
          attention: rows.filter(({ state }) => attentionStates.includes(state)).length,
          mine: rows.filter(({ owner_id }) => owner_id === viewerId).length,
        };
      }),

    /** Used budget of the person and of everybody. */
    budgetUse: (ownerId: string, at: number): Promise<BudgetUse> =>
      guarded(() =>
        db.transaction().execute(async (tx) => ledger.use(tx, ownerId, at, await ledger.pending(tx, at, ownerId))),
      ),

    /** Used daily budget; `null` without a limit. */
    dayBudget: (at: number): Promise<BudgetUse["day"]> =>
      guarded(() => db.transaction().execute((tx) => ledger.useOfDay(tx, at))),
  };
}
