import { capabilitiesOf } from "../domain/capabilities.ts";
import type { Job } from "../domain/job.ts";
import { isJobStatusCode, type JobStatus, readJobStatus } from "../domain/job-status.ts";
import { stripMemoToken } from "../domain/memo-token.ts";
import { remembered } from "../domain/remembered.ts";
import { reportExpiresAt } from "../domain/report-validity.ts";
import { textBeginning } from "../domain/text-beginning.ts";
import { readExtraFields } from "./extra-fields.ts";
import { type DateReadingContext, futureMs, readVendorDate } from "./vendor-date.ts";
import { isWireObject, readCount, readInstanceNo, readPercent, readText, type WireObject } from "./wire-values.ts";

export interface ReadingContext extends DateReadingContext {
  /** Status filter of the request, if any. */
  readonly statusCode?: number | null | undefined;
  /** Whether the response indicates a failure beside its page (decodeEnvelope). */
  readonly isDoubtful?: boolean | undefined;
}

/** In which order a page gives its jobs, by the starts it tells; unknown with fewer than two different ones and in neither order. */
export type PageOrder = "newest-first" | "oldest-first" | "unknown";

export interface ReadPage {
  /** Number of matching jobs; `null` when the response has no count, which is allowed for an empty page only. */
  readonly total: number | null;
  /** Page count as sent by the vendor; `null` if missing. */
  readonly pageCount: number | null;
  readonly records: readonly ReadRecord[];
  /** Number of records without an id: unusable, but counted. */
  readonly unreadable: number;
  /** Number of rows received, readable or not. The vendor may send fewer than requested. */
  readonly received: number;
  readonly order: PageOrder;
  /** Whether the response had a count and every row was read. An incomplete page proves no absence. */
  readonly isComplete: boolean;
  /** Whether the response indicates a failure beside the page, so that its count proves no absence. */
  readonly isDoubtful: boolean;
}
/** A job with data for the server only: the wire memo with its token. */
export interface ReadRecord {
  readonly job: Job;
  readonly wireMemo: string;
  readonly button: string;
}

/** Requests ask for at most 100; a response with more than this breaks the contract. */
const maxRows = 10_000;

const knownFields: ReadonlySet<string> = new Set([
  "instanceNo",
  "start_date",
  "end_date",
  "status",
  "progress",
  "start_url",
  "crawl_cnt",
  "scan_cnt",
  "memo",
  "result_button",
]);
/** Members of a status object with the vendor's number. */
const statusNumberNames = ["code", "statusCode", "status_code"];

const codeIn = (value: unknown): number | undefined => {
  const number = readCount(value);
  return number !== null && isJobStatusCode(number) ? number : undefined;
};

const maxStatusLength = 200;

/** A status is a text (docs/upstream-api.md section 7), perhaps the number, perhaps an object that holds both. */
function readStatus(value: unknown): JobStatus {
  const scalar = value === null || value === undefined ? "" : (readText(value)?.toWellFormed() ?? null);
  if (scalar !== null) return readJobStatus(scalar, codeIn(scalar));
  const json = textBeginning(JSON.stringify(value), maxStatusLength);
  if (!isWireObject(value)) return { text: json, phase: "unknown" };
  const words = Object.values(value).filter(
    (member) => typeof member === "string" && !/^\d*$/.test(member.trim()),
  ) as string[];
  const text = words.length === 0 ? json : textBeginning(words.join(" / "), maxStatusLength);
  const numbers = new Set(
    statusNumberNames.filter((name) => Object.hasOwn(value, name)).map((name) => codeIn(value[name])),
  );
  const [number] = numbers.size === 1 ? numbers : [];
  const readings = words.map((word) => readJobStatus(word, number)).filter(({ phase }) => phase !== "unknown");
  // A text that contradicts the number reads as unknown; several texts are only displayed when there is no number.
  const [only] = readings.length === words.length && (words.length === 1 || number !== undefined) ? readings : [];
  if (words.length === 0) return { ...readJobStatus("", number), text };
  return only === undefined ? { text, phase: "unknown" } : { ...only, text };
}

/**
 * Applies the number of the status filter to the records, unless one of them contradicts it: then the gateway ignored the filter.
 */
function withFilter(statuses: readonly JobStatus[], filter: number | null | undefined): readonly JobStatus[] {
  if (filter === null || filter === undefined) return statuses;
  const filtered = readJobStatus("", filter);
  const isKept = statuses.every(({ phase }) => phase === "unknown" || phase === filtered.phase);
  return isKept ? statuses.map(({ text }) => ({ ...filtered, text })) : statuses;
}

// A page that is read again has nearly the same instants.
const isoText = remembered((instant: number) => new Date(instant).toISOString());
const expiryOf = remembered((endedAt: number) => reportExpiresAt(new Date(endedAt)).getTime());
const isoTextOf = (instant: Date | null): string | null => (instant === null ? null : isoText(instant.getTime()));

function readRecord(
  record: WireObject,
  instanceNo: string,
  status: JobStatus,
  context: DateReadingContext,
): ReadRecord {
  const button = (readText(record.result_button) ?? "").trim().toLowerCase();
  const endedAt = readVendorDate(record.end_date, context);
  const hasReport = status.phase === "completed" || button === "report" || button === "expired";
  const expiresAt = hasReport && endedAt !== null ? new Date(expiryOf(endedAt.getTime())) : null;
  const wireMemo = readText(record.memo) ?? "";
  const extra = readExtraFields(record, knownFields);
  return {
    wireMemo,
    button,
    job: {
      instanceNo,
      startUrl: (readText(record.start_url) ?? "").toWellFormed(),
      memo: stripMemoToken(wireMemo).toWellFormed(),
      status,
      progress: readPercent(record.progress),
      crawlCount: readCount(record.crawl_cnt),
      findingCount: readCount(record.scan_cnt),
      startedAt: isoTextOf(readVendorDate(record.start_date, context, futureMs.reserved)),
      endedAt: isoTextOf(endedAt),
      capabilities: capabilitiesOf({ button, status, endedAt, reportExpiresAt: expiresAt, now: context.now }),
      reportExpiresAt: isoTextOf(expiresAt),
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    },
  };
}

function orderOf(records: readonly ReadRecord[]): PageOrder {
  // A job that waits may have no start yet; it says nothing about the order. All are written by toISOString and sort as text.
  const starts = records.map(({ job }) => job.startedAt).filter((start) => start !== null);
  const falls = starts.some((start, index) => start < (starts[index - 1] ?? start));
  const rises = starts.some((start, index) => start > (starts[index - 1] ?? start));
  if (falls === rises) return "unknown";
  return falls ? "newest-first" : "oldest-first";
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Returns the rows of a page; `null` if there is no list where one is required. */
function rowsOf(page: WireObject, total: number | null): readonly unknown[] | null {
  const rows = page.record_data;
  if (Array.isArray(rows)) return rows.length > maxRows ? null : rows;
  // A missing list means no jobs, unless the count says otherwise.
  return isEmpty(rows) && (total === null || total === 0) ? [] : null;
}

/**
 * Reads a page of the list from the payload of a response with code 0. An empty list, `null` or a missing payload means "no
 * jobs", an empty object does not. Returns `null` if it is not a page: rows without a count, a count without rows, an invalid
 * count, or more rows than `maxRows`.
 */
export function readJobPage(payload: unknown, context: ReadingContext): ReadPage | null {
  const page = isEmpty(payload) ? {} : payload;
  if (!isWireObject(page)) return null;
  // A non-empty object without any member of a page is some other response.
  const isPage = page !== payload || "record_data" in page || "total_cnt" in page;
  const total = isEmpty(page.total_cnt) ? null : readCount(page.total_cnt);
  if (!isPage || (total === null && !isEmpty(page.total_cnt))) return null;
  const rows = rowsOf(page, total);
  if (rows === null || (total === null && rows.length > 0)) return null;
  const readable = rows.flatMap((row) => {
    const instanceNo = isWireObject(row) ? readInstanceNo(row.instanceNo) : null;
    return isWireObject(row) && instanceNo !== null ? [{ row, instanceNo }] : [];
  });
  const statuses = withFilter(
    readable.map(({ row }) => readStatus(row.status)),
    context.statusCode,
  );
  const unknown: JobStatus = { text: "", phase: "unknown" };
  const records = readable.map(({ row, instanceNo }, index) =>
    readRecord(row, instanceNo, statuses[index] ?? unknown, context),
  );
  const unreadable = rows.length - records.length;
  const isDoubtful = context.isDoubtful === true;
  return {
    total,
    pageCount: readCount(page.total_page_cnt),
    records,
    unreadable,
    received: rows.length,
    order: orderOf(records),
    isComplete: total !== null && total >= rows.length && unreadable === 0 && !isDoubtful,
    isDoubtful,
  };
}

/**
 * Returns the number of pages of a list, at least 1: the vendor's page count unless its total contradicts it; else computed from
 * the rows received, if the vendor sent fewer than requested although more exist; else from the requested limit.
 */
export function pageCountOf(
  { total, pageCount, received }: Pick<ReadPage, "total" | "pageCount" | "received">,
  { limit, page }: { readonly limit: number; readonly page: number },
): number {
  if (total === null || (total === 0 && received === 0)) return 1;
  // A page count is ignored if the total says that more rows follow the last page.
  const isLast = pageCount !== null && (page < pageCount || (page - 1) * limit + received >= total);
  if (pageCount !== null && pageCount > 0 && isLast) return pageCount;
  const isCapped = received > 0 && received < limit && total > (page - 1) * limit + received;
  return Math.max(1, Math.ceil(total / (isCapped ? received : limit)));
}
