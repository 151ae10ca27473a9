import { isJobStatusCode, isReportExpired, jobStatusTable } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import { data, serviceError } from "../answers.ts";
import { type JobRecord, shownCounts } from "../job-record.ts";
import { listPage } from "../list-page.ts";
import type { EmulatorSettings } from "../settings.ts";
import { asWritten, wireDate } from "../wire-date.ts";
import type { GatewayHandler, Service } from "./gateway-call.ts";

const maxLimit = 100;
const maxPage = 1_000_000_000;

// Writes an id as a JSON number without conversion to a double. The compiler's library has no type for it yet.
const { rawJSON } = JSON as unknown as { readonly rawJSON: (json: string) => unknown };

function resultButton({ code, endedAt }: JobRecord, now: number): string {
  switch (code) {
    case 12:
    case 14:
    case 2:
      return "cancel";
    case 13:
    case 3:
      return "terminate";
    case 4:
      return endedAt !== null && isReportExpired(new Date(asWritten(endedAt)), new Date(now)) ? "expired" : "report";
    case 15:
    case 5:
      return "cause";
    default:
      return "";
  }
}

/** Returns a record as in docs/upstream-api.md section 7. The README says which texts and buttons are modelled. */
function wireRecord(record: JobRecord, now: number, settings: EmulatorSettings): Record<string, unknown> {
  const { statusTexts, dateForm, noDate } = settings;
  const usualText = record.code === null ? "" : (statusTexts[record.code] ?? jobStatusTable[record.code].text);
  const { crawlCount, progress, findingCount } = shownCounts(record);
  return {
    instanceNo: rawJSON(BigInt(record.instanceNo).toString()),
    start_date: wireDate(record.startedAt, dateForm),
    end_date: record.endedAt === null ? noDate : wireDate(record.endedAt, dateForm),
    status: record.statusText ?? usualText,
    progress,
    start_url: record.order.startUrl,
    crawl_cnt: crawlCount,
    scan_cnt: findingCount,
    memo: record.order.memo,
    result_button: resultButton(record, now),
  };
}

function wirePage(newestFirst: readonly JobRecord[], limit: number, page: number, { now, settings }: Service): unknown {
  const records = settings.listOrder === "newest-first" ? newestFirst : newestFirst.toReversed();
  const found = listPage(records, Math.min(limit, settings.pageSizeCap ?? limit), page);
  return { ...found, record_data: found.record_data.map((record) => wireRecord(record, now, settings)) };
}

/** Largest accepted limit. */
const maxLimitOf = ({ pageSizeCap }: EmulatorSettings): number => (pageSizeCap === null ? maxLimit : maxPage);

/** Returns an integer query parameter: `null` if absent, NaN if it is not between 1 and `max`. */
function queryNumber(query: URLSearchParams, name: string, max: number): number | null {
  const values = query.getAll(name);
  const [text = ""] = values;
  if (values.length === 0 || (values.length === 1 && text === "")) return null;
  const value = values.length === 1 && /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value >= 1 && value <= max ? value : Number.NaN;
}

export const getJobs: GatewayHandler = ({ query }, service) => {
  const { jobs, settings } = service;
  const limit = queryNumber(query, "limit", maxLimitOf(settings));
  const page = queryNumber(query, "page", maxPage);
  if (limit === null || page === null) return serviceError("160432", settings);
  if (Number.isNaN(limit) || Number.isNaN(page)) return serviceError("160431", settings);
  return data(wirePage(jobs.all(), limit, page, service), settings);
};

const searchSchema = z.strictObject({
  searchType: z.enum(["url", "memo", ""]),
  searchKeyword: z.string(),
  statusCode: z.nullable(z.int().check(z.refine(isJobStatusCode))),
  limit: z.int().check(z.minimum(1), z.maximum(maxPage)),
  page: z.int().check(z.minimum(1), z.maximum(maxPage)),
});
const searchFields = Object.keys(searchSchema.def.shape);

const matchedText = {
  url: (record: JobRecord) => record.order.startUrl,
  memo: (record: JobRecord) => record.order.memo,
};

function isMatch(text: string, keyword: string, { keywordMatch }: EmulatorSettings): boolean {
  switch (keywordMatch) {
    case "part":
      return text.toLowerCase().includes(keyword.toLowerCase());
    case "part-same-case":
      return text.includes(keyword);
    case "whole":
      return text === keyword;
    case "none":
      return false;
  }
}

export const searchJobs: GatewayHandler = ({ body }, service) => {
  const { jobs, settings, steadyNow } = service;
  if (typeof body !== "object" || body === null || searchFields.some((name) => !Object.hasOwn(body, name))) {
    return serviceError("160432", settings);
  }
  const search = searchSchema.safeParse(body);
  if (!search.success || search.data.limit > maxLimitOf(settings)) return serviceError("160431", settings);
  const { searchType, searchKeyword, statusCode, limit, page } = search.data;
  const found = jobs
    .all()
    .filter((record) => record.searchableAt <= steadyNow)
    .filter((record) => statusCode === null || record.code === statusCode)
    .filter((record) => searchType === "" || isMatch(matchedText[searchType](record), searchKeyword, settings));
  return data(wirePage(found, limit, page, service), settings);
};
