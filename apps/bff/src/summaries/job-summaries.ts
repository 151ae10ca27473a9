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

/** The job that each re-scan repeats, by the number of the re-scan. */
export type Masters = ReadonlyMap<string, string>;

const firstPauseMs = 60_000;
const longestPauseMs = 6 * 3_600_000;
/** After this many failures a report is no partner, so that other reports do not wait for it. */
const hopelessFailures = 3;

/** These change at every look while a job runs, and do not indicate that jobs further down changed. */
const movingColumns: ReadonlySet<string> = new Set(["progress", "finding_count"]);

const pauseAfter = (failures: number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(20, failures - 1));

function changedColumns(row: JobSummaryRow, listed: ListedColumns): Partial<ListedColumns> {
  // Keeps an end that only the report contained.
  const known = {
    ...listed,
    ended_at: listed.ended_at ?? row.ended_at,
    expires_at: listed.expires_at ?? row.expires_at,
  };
  return Object.fromEntries(
    Object.entries(known).filter(([name, value]) => row[name as keyof ListedColumns] !== value),
  );
}

/** Another job with the same number, for example after the dashboard was moved to another account. */
const isOther = (row: JobSummaryRow, { target, ended_at }: ListedColumns): boolean =>
  row.target !== target || (row.ended_at !== null && ended_at !== null && row.ended_at !== ended_at);

/** Changes to the report columns that follow from a change of the list. */
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

/** Whether the partner is known or may still be found once an earlier report is read. */
const isOpen = ({ partner, notComparable }: PartnerChoice): boolean => partner !== null || notComparable === "unread";

/**
 * Chooses the partner of every report of a target again; reports whose partner changed are compared again. Reports that turn out
 * to have no partner are notified now, the others after their comparison. `read`: the report that was just read.
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

/** Comparisons of reports: which pairs, and their counts. */
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

    /** Stores the counts of a comparison and notifies of the finished job, unless its partner has changed meanwhile. */
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

    /** Postpones a comparison and notifies of the job without it, because a late notification is of little use. */
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

    /** Chooses the partners of all targets again, because re-scans ordered here may have become known late. */
    chooseAllPartners: (masters: Masters, at: number): Promise<void> =>
      guarded(async () => {
        const targets = await db
          .selectFrom("job_summary")
          .select("target")
          .where("has_report", "=", 1)
          .distinct()
          .execute();
        for (const { target } of targets) {
          await db.transaction().execute((tx) => choosePartners(tx, target, masters, at));
        }
      }),
  };
}

/** `at`, but `null` when nothing is stored about findings of the target: then there is nothing to update. */
const atWhereKept = (target: string, at: number) =>
  sql<
    number | null
  >`case when exists (select 1 from verdict where verdict.target = ${target}) then cast(${at} as bigint) end`;

/** Records reports that were read, and failures to read one. */
function createReportNotes(database: OpenDatabase) {
  const guarded = translateDatabaseErrors(database);
  const inTransaction = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => database.db.transaction().execute(work));
  return {
    /** Stores the counts of a report, and chooses the partners of its target again. */
    noteReport: (row: JobSummaryRow, report: ReportHead, masters: Masters, at: number): Promise<void> =>
      inTransaction(async (tx) => {
        const { total, high, medium, low } = report.summary;
        await tx
          .updateTable("job_summary")
          .set({
            ...{ total, high, medium, low, failures: 0, failure_code: null, read_at: at, next_read_at: null },
            // Times missing in the list are taken from the report.
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

    /** Schedules another attempt for a report that could not be read, with exponential backoff. */
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

/** Records what the list says, and deletes what is no longer valid. */
function createListNotes(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);
  const inTransaction = <T>(work: (tx: Transaction<Database>) => Promise<T>): Promise<T> =>
    guarded(() => db.transaction().execute(work));
  return {
    /** Records a page of the list; returns how many jobs are new or changed. */
    noteListed: (jobs: readonly Job[], seenAt: number, at: number): Promise<number> =>
      inTransaction((tx) => keepListed(tx, jobs, seenAt, at)),

    /** Deletes the jobs that a complete reading of the list did not contain. */
    forgetUnseen: (seenBefore: number): Promise<void> =>
      guarded(async () => {
        await db.deleteFrom("job_summary").where("seen_at", "<", seenBefore).execute();
      }),

    /** Notifies of reports that expire soon. */
    noteExpiring: (at: number): Promise<void> => inTransaction((tx) => notifyOfExpiry(tx, at)),

    /** Deletes the counts of reports whose year is over. */
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

/** What is stored about each job of the list and its report. Instants are in milliseconds. */
export function createJobSummaries(database: OpenDatabase) {
  const { db } = database;
  const guarded = translateDatabaseErrors(database);

  return {
    ...createSummaryComparisons(database),
    ...createReportNotes(database),
    ...createListNotes(database),

    /** The report to read next: the newest of every target first, then the second newest of each, and so on. */
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

    /** Whether the list has contained a job of this number. */
    has: (instanceNo: string): Promise<boolean> =>
      guarded(async () => {
        const row = await db
          .selectFrom("job_summary")
          .select("instance_no")
          .where("instance_no", "=", instanceNo)
          .executeTakeFirst();
        return row !== undefined;
      }),

    /** Known jobs that have not ended. */
    unsettled: (finalPhases: readonly JobPhase[]): Promise<readonly string[]> =>
      guarded(async () => {
        const rows = await db
          .selectFrom("job_summary")
          .select("instance_no")
          .where("phase", "not in", finalPhases)
          .execute();
        return rows.map(({ instance_no }) => instance_no);
      }),

    /** All rows, or those of one target. */
    all: (target?: string): Promise<JobSummaryRow[]> =>
      guarded(() => {
        const query = db.selectFrom("job_summary").selectAll();
        return (target === undefined ? query : query.where("target", "=", target)).execute();
      }),
  };
}
