import {
  type ComparisonCounts,
  choosePartner,
  comparableSettingsOf,
  type Job,
  type JobPhase,
  type NamedFindings,
  type PartnerChoice,
} from "@wsc-dashboard/wsc-core";
import { sql, type Transaction } from "kysely";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import type { Database, JobSummaryRow } from "../database/schema.ts";
import type { ReportHead } from "../reports/report-work.ts";
import { notifyOfExpiry, notifyOfListed, notifyOfReport, notifyOfUnreadReport } from "./job-notifications.ts";
import {
  comparableOf,
  isExpired,
  type ListedColumns,
  listedColumns,
  millisecondsOf,
  unreadColumns,
} from "./summary-rows.ts";

/** The job that a re-scan repeats, by the number of the re-scan. */
export type Masters = ReadonlyMap<string, string>;

const firstPauseMs = 60_000;
const longestPauseMs = 6 * 3_600_000;
/** A report that failed this often is no partner, so that others do not wait for it. */
const hopelessFailures = 3;

/** They change at every look while a job runs, and say nothing of the jobs behind it. */
const movingColumns: ReadonlySet<string> = new Set(["progress", "finding_count"]);

const pauseAfter = (failures: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(20, failures - 1));

function changedColumns(row: JobSummaryRow, listed: ListedColumns): Partial<ListedColumns> {
  // The end that only the report told stays.
  const known = {
    ...listed,
    ended_at: listed.ended_at ?? row.ended_at,
    expires_at: listed.expires_at ?? row.expires_at,
  };
  return Object.fromEntries(
    Object.entries(known).filter(([name, value]) => row[name as keyof ListedColumns] !== value),
  );
}

/** Another job under the same number, as when the dashboard was moved to another account. */
const isOther = (row: JobSummaryRow, { target, ended_at }: ListedColumns): boolean =>
  row.target !== target || (row.ended_at !== null && ended_at !== null && row.ended_at !== ended_at);

/** What a change of the list brings about for the report. */
function readingColumns(row: JobSummaryRow, listed: ListedColumns, at: number): Partial<JobSummaryRow> {
  if (isOther(row, listed)) return { ...unreadColumns, next_read_at: listed.has_report === 1 ? at : null };
  if (listed.has_report === 0) return row.has_report === 0 ? {} : { ...unreadColumns, next_read_at: null };
  return row.read_at === null && row.next_read_at === null ? { next_read_at: at } : {};
}

async function keepListed(
  tx: Transaction<Database>,
  jobs: readonly Job[],
  seenAt: number,
  at: number,
): Promise<number> {
  const listed = [...new Map(jobs.map((job) => [job.instanceNo, listedColumns(job)])).values()];
  if (listed.length === 0) return 0;
  const ids = listed.map(({ instance_no }) => instance_no);
  const rows = await tx.selectFrom("job_summary").selectAll().where("instance_no", "in", ids).execute();
  const known = new Map(rows.map((row) => [row.instance_no, row]));
  let changes = 0;
  for (const columns of listed) {
    const row = known.get(columns.instance_no);
    if (row === undefined) {
      const next_read_at = columns.has_report === 1 ? at : null;
      const values = { ...columns, ...unreadColumns, next_read_at, seen_at: seenAt };
      await tx.insertInto("job_summary").values(values).execute();
      await notifyOfListed(tx, columns, null, at);
      changes += 1;
      continue;
    }
    const changed = { ...changedColumns(row, columns), ...readingColumns(row, columns, at) };
    const names = Object.keys(changed);
    if (names.length === 0) continue;
    await tx.updateTable("job_summary").set(changed).where("instance_no", "=", columns.instance_no).execute();
    await notifyOfListed(
      tx,
      { ...columns, ended_at: columns.ended_at ?? row.ended_at },
      isOther(row, columns) ? null : row,
      at,
    );
    if (names.some((name) => !movingColumns.has(name))) changes += 1;
  }
  await tx.updateTable("job_summary").set({ seen_at: seenAt }).where("instance_no", "in", ids).execute();
  return changes;
}

/** Whether an earlier report may still turn out to be the one to compare with. */
const isOpen = ({ partner, notComparable }: PartnerChoice): boolean => partner !== null || notComparable === "unread";

/**
 * Chooses the partner of every report of a target anew; those whose partner changed are compared again. Those that turn out to have
 * none are told of now, the others with their comparison. `read`: the report that has just been read.
 */
async function choosePartners(
  tx: Transaction<Database>,
  target: string,
  masters: Masters,
  at: number,
  read?: { readonly instanceNo: string; readonly findings: readonly NamedFindings[] },
): Promise<void> {
  const rows = await tx
    .selectFrom("job_summary")
    .selectAll()
    .where("target", "=", target)
    .where("has_report", "=", 1)
    .execute();
  const readable = rows.filter((row) => !isExpired(row, at));
  const others = readable
    .filter(
      ({ phase, read_at, failures }) => phase === "completed" && (read_at !== null || failures < hopelessFailures),
    )
    .map(comparableOf);
  for (const row of readable) {
    if (row.read_at === null) continue;
    const choice = choosePartner(comparableOf(row), masters.get(row.instance_no) ?? null, others);
    if (choice.partner === row.partner && choice.notComparable === row.not_comparable) continue;
    await tx
      .updateTable("job_summary")
      .set({
        partner: choice.partner,
        not_comparable: choice.notComparable,
        compared: null,
        next_compare_at: choice.partner === null ? null : at,
      })
      .where("instance_no", "=", row.instance_no)
      .execute();
    if (isOpen(choice)) continue;
    const isNew = read?.instanceNo === row.instance_no;
    await notifyOfReport(tx, row, at, isNew ? { findings: read.findings } : {});
  }
}

/** The kinds of findings of a report, for messages that may name them. */
export const namedFindingsOf = ({ byItem }: Pick<ReportHead, "byItem">): NamedFindings[] =>
  byItem.map(({ item, total }) => ({ item, count: total }));

/** Which report is compared with which, and what came of it. */
function createSummaryComparisons(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const inTransaction = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute(work));

  return {
    /** The report to compare next, with its partner. */
    nextComparison: (at: number): Promise<{ readonly head: JobSummaryRow; readonly base: JobSummaryRow } | null> =>
      guarded(async () => {
        const head = await db
          .selectFrom("job_summary")
          .selectAll()
          .where("next_compare_at", "<=", at)
          .orderBy("ended_at", "desc")
          .limit(1)
          .executeTakeFirst();
        if (head === undefined || head.partner === null) return null;
        const base = await db
          .selectFrom("job_summary")
          .selectAll()
          .where("instance_no", "=", head.partner)
          .executeTakeFirst();
        return base === undefined ? null : { head, base };
      }),

    /** Keeps the counts of a comparison and tells of the finished job, unless its partner has changed meanwhile. */
    noteComparison: (
      instanceNo: string,
      partner: string,
      counts: ComparisonCounts,
      at: number,
      findings: readonly NamedFindings[],
    ): Promise<void> =>
      inTransaction(async (tx) => {
        const row = await tx
          .updateTable("job_summary")
          .set({ compared: JSON.stringify(counts), next_compare_at: null })
          .where("instance_no", "=", instanceNo)
          .where("partner", "=", partner)
          .returningAll()
          .executeTakeFirst();
        if (row !== undefined) await notifyOfReport(tx, row, at, { changes: counts, findings });
      }),

    /** Tries a comparison later. The job is told of without it: what is told late is of little use. */
    postponeComparison: (instanceNo: string, until: number, at: number): Promise<void> =>
      inTransaction(async (tx) => {
        const row = await tx
          .updateTable("job_summary")
          .set({ next_compare_at: until })
          .where("instance_no", "=", instanceNo)
          .returningAll()
          .executeTakeFirst();
        if (row !== undefined) await notifyOfReport(tx, row, at);
      }),

    /** Chooses the partners of all targets anew: what was ordered here may have become known late. */
    chooseAllPartners: (masters: Masters, at: number): Promise<void> =>
      guarded(async () => {
        const targets = await db.selectFrom("job_summary").select("target").distinct().execute();
        for (const { target } of targets) {
          await db.transaction().execute((tx) => choosePartners(tx, target, masters, at));
        }
      }),
  };
}

/** `at`, but `null` where nothing is kept of the target's findings: then there is nothing to learn. */
const atWhereKept = (target: string, at: number) =>
  sql<
    number | null
  >`case when exists (select 1 from verdict where verdict.target = ${target}) then cast(${at} as bigint) end`;

/** What a report that was read, or could not be, is kept as. */
function createReportNotes(database: OpenDatabase) {
  const guarded = translateDatabaseErrors(database);
  const inTransaction = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => database.db.transaction().execute(work));
  return {
    /** Keeps the counts of a report, and chooses the partners of its target anew. */
    noteReport: (row: JobSummaryRow, report: ReportHead, masters: Masters, at: number): Promise<void> =>
      inTransaction(async (tx) => {
        const { total, high, medium, low } = report.summary;
        await tx
          .updateTable("job_summary")
          .set({
            ...{ total, high, medium, low, failures: 0, failure_code: null, read_at: at, next_read_at: null },
            // Where the list named no end, the report may.
            ended_at: row.ended_at ?? millisecondsOf(report.reportDate),
            expires_at: row.expires_at ?? millisecondsOf(report.expiresAt),
            settings: JSON.stringify(comparableSettingsOf(report)),
            next_observe_at: atWhereKept(row.target, at),
          })
          .where("instance_no", "=", row.instance_no)
          .execute();
        await choosePartners(tx, row.target, masters, at, {
          instanceNo: row.instance_no,
          findings: namedFindingsOf(report),
        });
      }),

    /** A report that could not be read is tried again, later each time. */
    noteFailure: (row: JobSummaryRow, code: string, masters: Masters, at: number): Promise<void> =>
      inTransaction(async (tx) => {
        const failures = row.failures + 1;
        await tx
          .updateTable("job_summary")
          .set({ failures, failure_code: code, next_read_at: at + pauseAfter(failures) })
          .where("instance_no", "=", row.instance_no)
          .execute();
        if (failures >= hopelessFailures) await notifyOfUnreadReport(tx, row, code, at);
        await choosePartners(tx, row.target, masters, at);
      }),
  };
}

/** Takes over the list, and forgets what is over. */
function createListNotes(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const inTransaction = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute(work));
  return {
    /** Takes over what a page of the list says; answers how many jobs are new or changed. */
    noteListed: (jobs: readonly Job[], seenAt: number, at: number): Promise<number> =>
      inTransaction((tx) => keepListed(tx, jobs, seenAt, at)),

    /** Removes the jobs that a list which was read to its end no longer had. */
    forgetUnseen: (seenBefore: number): Promise<void> =>
      guarded(async () => {
        await db.deleteFrom("job_summary").where("seen_at", "<", seenBefore).execute();
      }),

    /** Tells of reports that are about to close. */
    noteExpiring: (at: number): Promise<void> => inTransaction((tx) => notifyOfExpiry(tx, at)),

    /** Erases the counts of reports whose year is over. */
    forgetExpired: (at: number): Promise<void> =>
      guarded(async () => {
        await db
          .updateTable("job_summary")
          .set({ ...unreadColumns, next_read_at: null, has_report: 0 })
          .where("expires_at", "<=", at)
          .where("has_report", "=", 1)
          .execute();
      }),
  };
}

export type JobSummaries = ReturnType<typeof createJobSummaries>;

/** What is kept of each job of the list and of its report. Instants are milliseconds. */
export function createJobSummaries(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    ...createSummaryComparisons(database),
    ...createReportNotes(database),
    ...createListNotes(database),

    /** The report to read next: the newest of every target first, then the ones before them, and so on. */
    nextReport: (at: number): Promise<{ readonly row: JobSummaryRow; readonly newness: number } | null> =>
      guarded(async () => {
        const due = await db
          .selectFrom("job_summary")
          .select("instance_no")
          .where("next_read_at", "<=", at)
          .limit(1)
          .execute();
        if (due.length === 0) return null;
        const { rows } = await sql<{ instance_no: string; newness: number }>`
          select instance_no, newness from (
            select instance_no, next_read_at, ended_at,
              row_number() over (partition by target order by coalesce(ended_at, started_at, 0) desc, instance_no desc) as newness
            from job_summary where has_report = 1
          ) as ranked
          where next_read_at <= ${at} order by newness, coalesce(ended_at, 0) desc limit 1`.execute(db);
        const [next] = rows;
        if (next === undefined) return null;
        const row = await db
          .selectFrom("job_summary")
          .selectAll()
          .where("instance_no", "=", next.instance_no)
          .executeTakeFirst();
        return row === undefined ? null : { row, newness: Number(next.newness) };
      }),

    count: (): Promise<number> =>
      guarded(async () => {
        const { jobs } = await db
          .selectFrom("job_summary")
          .select((row) => row.fn.countAll().as("jobs"))
          .executeTakeFirstOrThrow();
        return Number(jobs);
      }),

    /** Whether the list has shown a job of this number. */
    has: (instanceNo: string): Promise<boolean> =>
      guarded(async () => {
        const row = await db
          .selectFrom("job_summary")
          .select("instance_no")
          .where("instance_no", "=", instanceNo)
          .executeTakeFirst();
        return row !== undefined;
      }),

    /** Known jobs that have not come to their end. */
    unsettled: (finalPhases: readonly JobPhase[]): Promise<readonly string[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("job_summary")
          .select("instance_no")
          .where("phase", "not in", finalPhases)
          .execute();
        return rows.map(({ instance_no }) => instance_no);
      }),

    /** All of them, or those of a target. */
    all: (target?: string): Promise<JobSummaryRow[]> =>
      guarded(() => {
        const query = db.selectFrom("job_summary").selectAll();
        return (target === undefined ? query : query.where("target", "=", target)).execute();
      }),
  };
}
