import * as z from "zod/mini";
import type { Job } from "../api/jobs.ts";
import { capabilitiesOf } from "../domain/capabilities.ts";
import { readJobStatus } from "../domain/job-status.ts";
import { stripMemoToken } from "../domain/memo-token.ts";
import { reportExpiresAt } from "../domain/report-validity.ts";
import { readVendorDate } from "./vendor-date.ts";
import { isWireObject, readInstanceNo, readNumber, readText } from "./wire-values.ts";

/** The page object of getJobs and searchJobs (contract section 7), as loose as it may come. */
const pageSchema = z.object({
  total_cnt: z.unknown(),
  total_page_cnt: z.optional(z.unknown()),
  record_data: z.array(z.unknown()),
});

export interface ReadingContext {
  /** IANA zone of dates without one. */
  readonly zone: string;
  readonly now: Date;
  /** The status code the list was filtered by, when it was. */
  readonly statusCode?: number | null | undefined;
}

export interface ReadPage {
  readonly total: number;
  readonly pageCount: number | null;
  readonly records: readonly ReadRecord[];
  /** Records without an id: nothing can be done with them, but they are counted. */
  readonly unreadable: number;
}
/** A job with what only the server may know: the wire memo with its token. */
export interface ReadRecord {
  readonly job: Job;
  readonly wireMemo: string;
  readonly button: string;
}

function readRecord(record: unknown, { zone, now, statusCode }: ReadingContext): ReadRecord | null {
  if (!isWireObject(record)) return null;
  const instanceNo = readInstanceNo(record.instanceNo);
  if (instanceNo === null) return null;
  const statusText = readText(record.status) ?? "";
  const numericStatus = /^\d{1,3}$/.test(statusText) ? Number(statusText) : undefined;
  const status = readJobStatus(statusText, statusCode ?? numericStatus);
  const button = (readText(record.result_button) ?? "").trim().toLowerCase();
  const endedAt = readVendorDate(record.end_date, zone);
  const hasReport = status.phase === "completed" || button === "report" || button === "expired";
  const expiresAt = hasReport && endedAt !== null ? reportExpiresAt(endedAt) : null;
  const wireMemo = readText(record.memo) ?? "";
  const progress = readNumber(record.progress);
  return {
    wireMemo,
    button,
    job: {
      instanceNo,
      startUrl: readText(record.start_url) ?? "",
      memo: stripMemoToken(wireMemo),
      status,
      progress: progress === null ? null : Math.min(100, Math.max(0, progress)),
      crawlCount: readNumber(record.crawl_cnt),
      findingCount: readNumber(record.scan_cnt),
      startedAt: readVendorDate(record.start_date, zone)?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      capabilities: capabilitiesOf({ button, status, endedAt, reportExpiresAt: expiresAt, now }),
      reportExpiresAt: expiresAt?.toISOString() ?? null,
    },
  };
}

/**
 * Reads a page of the list. `null` when it is no page at all: without an array `record_data` or without a count nobody
 * can say whether there are no jobs.
 */
export function readJobPage(payload: unknown, context: ReadingContext): ReadPage | null {
  const page = pageSchema.safeParse(payload);
  if (!page.success) return null;
  const total = readNumber(page.data.total_cnt);
  if (total === null || total < 0) return null;
  const records = page.data.record_data.map((record) => readRecord(record, context));
  const readable = records.filter((record) => record !== null);
  return {
    total,
    pageCount: readNumber(page.data.total_page_cnt),
    records: readable,
    unreadable: records.length - readable.length,
  };
}
