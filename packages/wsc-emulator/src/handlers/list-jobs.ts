import { isJobStatusCode, isReportExpired, jobStatusTable } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import { data, serviceError } from "../answers.ts";
import { type JobRecord, shownCounts } from "../job-record.ts";
import { listPage } from "../list-page.ts";
import { asWritten, wireDate } from "../wire-date.ts";
import type { GatewayHandler } from "./gateway-call.ts";

const maxLimit = 100;
const maxPage = 1_000_000_000;

// Writes the digits of an id as a JSON number without a detour over a double. The compiler's library does not know it yet.
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

/** A record of docs/upstream-api.md section 7. Which texts and buttons are modelled is told in the README. */
function wireRecord(record: JobRecord, now: number): Record<string, unknown> {
  const { crawlCount, progress, findingCount } = shownCounts(record);
  return {
    instanceNo: rawJSON(BigInt(record.instanceNo).toString()),
    start_date: wireDate(record.startedAt),
    end_date: record.endedAt === null ? null : wireDate(record.endedAt),
    status: record.statusText ?? (record.code === null ? "" : jobStatusTable[record.code].text),
    progress,
    start_url: record.order.startUrl,
    crawl_cnt: crawlCount,
    scan_cnt: findingCount,
    memo: record.order.memo,
    result_button: resultButton(record, now),
  };
}

function wirePage(records: readonly JobRecord[], limit: number, page: number, now: number): unknown {
  const found = listPage(records, limit, page);
  return { ...found, record_data: found.record_data.map((record) => wireRecord(record, now)) };
}

/** A whole number of the query string: `null` when absent, NaN when it is no number between 1 and `max`. */
function queryNumber(query: URLSearchParams, name: string, max: number): number | null {
  const values = query.getAll(name);
  const [text = ""] = values;
  if (values.length === 0 || (values.length === 1 && text === "")) return null;
  const value = values.length === 1 && /^[0-9]{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value >= 1 && value <= max ? value : Number.NaN;
}

export const getJobs: GatewayHandler = ({ query }, { jobs, settings, now }) => {
  const limit = queryNumber(query, "limit", maxLimit);
  const page = queryNumber(query, "page", maxPage);
  if (limit === null || page === null) return serviceError("160432", settings);
  if (Number.isNaN(limit) || Number.isNaN(page)) return serviceError("160431", settings);
  return data(wirePage(jobs.all(), limit, page, now), settings);
};

const searchSchema = z.strictObject({
  searchType: z.enum(["url", "memo", ""]),
  searchKeyword: z.string(),
  statusCode: z.nullable(z.int().check(z.refine(isJobStatusCode))),
  limit: z.int().check(z.minimum(1), z.maximum(maxLimit)),
  page: z.int().check(z.minimum(1), z.maximum(maxPage)),
});
const searchFields = Object.keys(searchSchema.def.shape);

const matchedText = {
  url: (record: JobRecord) => record.order.startUrl,
  memo: (record: JobRecord) => record.order.memo,
};

export const searchJobs: GatewayHandler = ({ body }, { jobs, settings, now, steadyNow }) => {
  if (typeof body !== "object" || body === null || searchFields.some((name) => !Object.hasOwn(body, name))) {
    return serviceError("160432", settings);
  }
  const search = searchSchema.safeParse(body);
  if (!search.success) return serviceError("160431", settings);
  const { searchType, searchKeyword, statusCode, limit, page } = search.data;
  const keyword = searchKeyword.toLowerCase();
  const found = jobs
    .all()
    .filter((record) => record.searchableAt <= steadyNow)
    .filter((record) => statusCode === null || record.code === statusCode)
    .filter((record) => searchType === "" || matchedText[searchType](record).toLowerCase().includes(keyword));
  return data(wirePage(found, limit, page, now), settings);
};
