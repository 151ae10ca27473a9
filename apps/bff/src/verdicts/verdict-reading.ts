import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Page,
  pageOf,
  shownVerdictEvents,
  type Verdict,
  type VerdictHistoryEntry,
  type VerdictView,
  verdicts,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { Kysely } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, VerdictRow } from "../database/schema.ts";
import { historyEntryOf, stateColumn, verdictOfRow } from "./verdict-rows.ts";

/** Maximum number of ids in one query. */
const idsAtOnce = 500;
const settled: readonly Verdict[] = ["false-positive", "risk-accepted", "fixed"];

/** Settled findings of one report. */
export interface DecidedCounts {
  readonly host: string;
  readonly instanceNo: string;
  readonly total: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
}

/** The existing rows of these ids. Other work has its turn between the queries. */
export async function readRows(db: Kysely<Database>, ids: readonly string[]): Promise<VerdictRow[]> {
  const rows: VerdictRow[] = [];
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    if (start > 0) await nextTurn();
    const some = ids.slice(start, start + idsAtOnce);
    rows.push(...(await db.selectFrom("verdict").selectAll().where("id", "in", some).execute()));
  }
  return rows;
}

/** Number of risks that were accepted at an instant and have had no other decision since. */
export async function countAccepted(db: OpenDatabase["db"], at: number): Promise<number> {
  const { count } = await db
    .selectFrom("verdict")
    .select((row) => row.fn.countAll().as("count"))
    .where("decided_at", "<=", at)
    .where(stateColumn(at), "=", "risk-accepted")
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Queries on verdicts. */
export function createVerdictReading(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  return {
    /** A page of the verdicts of a target, most recently changed first, with the count of each verdict. */
    list: (host: string, state: Verdict | undefined, page: Page, at: number) =>
      guarded(async () => {
        const groups = await db
          .selectFrom("verdict")
          .select((row) => [stateColumn(at).as("state"), row.fn.countAll().as("count")])
          .where("target", "=", host)
          .groupBy("state")
          .execute();
        const countOf = (wanted: Verdict): number => Number(groups.find((group) => group.state === wanted)?.count ?? 0);
        const counts = Object.fromEntries(verdicts.map((one) => [one, countOf(one)])) as Record<Verdict, number>;
        const total =
          state === undefined ? Object.values(counts).reduce((sum, count) => sum + count, 0) : counts[state];
        let query = db.selectFrom("verdict").selectAll().where("target", "=", host);
        if (state !== undefined) query = query.where(stateColumn(at), "=", state);
        const rows = await query
          .orderBy("updated_at", "desc")
          .orderBy("id")
          .limit(page.limit)
          .offset((page.page - 1) * page.limit)
          .execute();
        return { verdicts: rows.map((row) => verdictOfRow(row, at)), counts, ...pageOf(page, total) };
      }),

    /** A verdict with its history, newest entry first. Throws VERDICT_NOT_FOUND. */
    get: (
      id: string,
      before: number,
      at: number,
    ): Promise<{ verdict: VerdictView; history: VerdictHistoryEntry[]; next: number | null }> =>
      guarded(async () => {
        const row = await db.selectFrom("verdict").selectAll().where("id", "=", id).executeTakeFirst();
        if (row === undefined) throw new WscError("VERDICT_NOT_FOUND");
        const events = await db
          .selectFrom("verdict_event")
          .selectAll()
          .where("verdict_id", "=", id)
          .where("seq", "<", before)
          .orderBy("seq", "desc")
          .limit(shownVerdictEvents)
          .execute();
        const last = events.at(-1)?.seq ?? 1;
        return {
          verdict: verdictOfRow(row, at),
          history: events.map(historyEntryOf),
          next: last > 1 ? last : null,
        };
      }),

    /** The existing rows of these ids. */
    rows: (ids: readonly string[]): Promise<VerdictRow[]> => guarded(() => readRows(db, ids)),

    /** Verdicts "fixed" of a target, by the job whose report last showed the finding. */
    unconfirmed: (host: string): Promise<ReadonlyMap<string, readonly VerdictRow[]>> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("verdict")
          .selectAll()
          .where("target", "=", host)
          .where("verdict", "=", "fixed")
          .where("seen_job", "is not", null)
          .execute();
        return Map.groupBy(rows, (row) => row.seen_job ?? "");
      }),

    /** Number of settled findings per report: in the report, but no longer open. */
    decidedCounts: (at: number, host?: string): Promise<DecidedCounts[]> =>
      guarded(async () => {
        let query = db
          .selectFrom("verdict")
          .select((row) => [
            "target",
            "seen_job",
            row.fn.sum("seen_total").as("total"),
            row.fn.sum("seen_high").as("high"),
            row.fn.sum("seen_medium").as("medium"),
            row.fn.sum("seen_low").as("low"),
          ])
          .where("target", "is not", null)
          .where(stateColumn(at), "in", [...settled])
          .groupBy(["target", "seen_job"]);
        if (host !== undefined) query = query.where("target", "=", host);
        return (await query.execute()).flatMap(({ target, seen_job, total, high, medium, low }) =>
          target === null || seen_job === null
            ? []
            : [
                {
                  ...{ host: target, instanceNo: seen_job, total: Number(total), high: Number(high) },
                  ...{ medium: Number(medium), low: Number(low) },
                },
              ],
        );
      }),
  };
}
