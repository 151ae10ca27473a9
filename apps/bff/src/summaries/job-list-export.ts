import {
  byteOrderMark,
  type CsvTime,
  csvRow,
  type FileAnswer,
  isJobStatusCode,
  type JobRecord,
  type JobRecordQuery,
  jobStatusTable,
  type Language,
  type Reading,
  textBeginning,
} from "@wsc-dashboard/wsc-core";
import { writtenDay, writtenTime } from "../reports/exports/written-time.ts";
import { reportWords } from "../reports/words/report-words.ts";
import type { ReportWords } from "../reports/words/vocabulary.ts";

/** The jobs that match a filter, out of all known jobs. */
export interface JobListSelection {
  readonly filter: Omit<JobRecordQuery, "page" | "limit">;
  readonly records: readonly JobRecord[];
  readonly known: number;
  readonly reading: Reading;
}

export interface JobListExportOptions {
  readonly language: Language;
  readonly zone: string;
  /** Time of the export, in milliseconds. */
  readonly at: number;
}

/** A spreadsheet cell holds at most 32,767 characters. */
const maxCellLength = 32_000;

function statusText({ job: { status } }: JobRecord, language: Language): string {
  const { code, text } = status;
  return code !== undefined && isJobStatusCode(code) ? jobStatusTable[code].words[language] : text;
}

/** The filter of the list in words. */
function filterText(
  { tab, q, searchBy, status, from, until }: JobListSelection["filter"],
  words: ReportWords,
  { language, zone }: JobListExportOptions,
): string {
  const statusWords =
    status !== undefined && isJobStatusCode(status) ? jobStatusTable[status].words[language] : undefined;
  const period =
    from === undefined && until === undefined
      ? undefined
      : `${from === undefined ? "" : writtenTime(from, zone)} – ${until === undefined ? "" : writtenTime(until, zone)}`;
  const named: readonly (readonly [string, string | undefined])[] = [
    [words.tab, tab === undefined ? undefined : words.tabs[tab]],
    [searchBy === "memo" ? words.memo : "URL", q === "" ? undefined : q],
    [words.status, statusWords],
    [words.period, period],
  ];
  const parts = named.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return parts.length === 0 ? words.none : parts.join(" · ");
}

/** How completely the list of jobs had been read when the file was made. */
function coverageText({ reading }: JobListSelection, words: ReportWords, zone: string): string | CsvTime {
  const { listReadAt, isListComplete } = reading;
  if (listReadAt === null) return words.listNotRead;
  return isListComplete ? { time: writtenTime(listReadAt, zone) } : words.listPartlyRead;
}

/**
 * A list of jobs as CSV: UTF-8 with byte order mark, CRLF, a header that names the time zone. CSV has no place for remarks, so
 * the numbers of exported and of known jobs and the filter are in the last columns of every row.
 */
export function exportJobList(selection: JobListSelection, options: JobListExportOptions): FileAnswer {
  const { language, zone, at } = options;
  const words = reportWords(language);
  const head = [
    words.instanceNo,
    "URL",
    words.status,
    words.severity.high,
    words.severity.medium,
    words.severity.low,
    words.total,
    words.collectedUrls,
    `${words.started}${words.bracketed(zone)}`,
    `${words.finished}${words.bracketed(zone)}`,
    `${words.readableUntil}${words.bracketed(zone)}`,
    words.memo,
    words.jobsInFile,
    words.jobsKnown,
    words.filter,
    `${words.listRead}${words.bracketed(zone)}`,
  ];
  const time = (instant: string | null): CsvTime => ({ time: instant === null ? "" : writtenTime(instant, zone) });
  const number = (count: number | null | undefined): string => (count == null ? "" : String(count));
  const about = [
    String(selection.records.length),
    String(selection.known),
    textBeginning(filterText(selection.filter, words, options), maxCellLength),
    coverageText(selection, words, zone),
  ];
  const rows = selection.records.map((record) => {
    const { job, counts } = record;
    return csvRow([
      job.instanceNo,
      textBeginning(job.startUrl, maxCellLength),
      statusText(record, language),
      number(counts?.high),
      number(counts?.medium),
      number(counts?.low),
      number(counts?.total),
      number(job.crawlCount),
      time(job.startedAt),
      time(job.endedAt),
      time(job.reportExpiresAt),
      textBeginning(job.memo, maxCellLength),
      ...about,
    ]);
  });
  return {
    fileName: `wsc_jobs_${writtenDay(new Date(at).toISOString(), zone)}.csv`,
    mediaType: "text/csv; charset=utf-8",
    content: Buffer.from(`${byteOrderMark}${csvRow(head)}${rows.join("")}`),
  };
}
