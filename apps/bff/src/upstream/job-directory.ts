import { type JobList, WscError } from "@wsc-dashboard/wsc-core";
import { type UpstreamAnswer, type UpstreamClient, UpstreamError } from "@wsc-dashboard/wsc-core/node";
import {
  getJobsRequest,
  pageCountOf,
  type ReadPage,
  type ReadRecord,
  readJobPage,
  type SearchArguments,
  searchJobsRequest,
} from "@wsc-dashboard/wsc-core/upstream";
import { LRUCache } from "lru-cache";
import { createKeptPage, type KeptPage, pageBytes } from "./kept-page.ts";
import { createReadCache } from "./read-cache.ts";

/** Why an older answer is given, for the page that shows it. */
export interface Staleness {
  readonly code: string;
  readonly retryAfter?: number;
  readonly retryAt?: string;
}

export interface FoundJob {
  readonly record: ReadRecord;
  readonly asOf: string;
  readonly stale?: Staleness;
}

const lookupLimit = 100;
const lookupPages = 20;
/** Jobs whose page is remembered: a year of a busy account. */
const rememberedJobs = 20_000;

type Freshness = "kept" | "fresh" | "urgent";

interface PageEntry {
  readonly kept: KeptPage;
  readonly bytes: number;
}

const isUnfiltered = ({ searchBy, statusCode }: SearchArguments): boolean => searchBy === null && statusCode === null;

export type JobDirectory = ReturnType<typeof createJobDirectory>;

function staleOf(error: WscError | undefined): { stale: Staleness } | Record<string, never> {
  if (error === undefined) return {};
  const pausedUntil = error instanceof UpstreamError ? error.facts.pausedUntil : undefined;
  if (pausedUntil !== undefined) return { stale: { code: error.code, retryAt: new Date(pausedUntil).toISOString() } };
  const { retryAfter } = error.details;
  return { stale: { code: error.code, ...(retryAfter === undefined ? {} : { retryAfter }) } };
}

/** The upstream's list of jobs as everybody reads it: lists, searches, and single jobs found by paging. */
export function createJobDirectory(client: UpstreamClient, zone: string, ttlMs: number, now: () => number) {
  const cache = createReadCache<PageEntry>({ ttlMs, now, sizeOf: ({ bytes }) => bytes });
  /** Where an id stood on pages of 100, newest first. */
  const lastSeenOnPage = new LRUCache<string, number>({ max: rememberedJobs });

  async function fetchPage(args: SearchArguments, isUrgent: boolean): Promise<PageEntry> {
    const request = isUnfiltered(args) ? getJobsRequest(args) : searchJobsRequest(args);
    const readAt = now();
    let page: ReadPage | null = null;
    const isReadable = ({ payload, recognised }: UpstreamAnswer): boolean => {
      page = recognised ? readJobPage(payload, { zone, now: new Date(readAt), statusCode: args.statusCode }) : null;
      return page !== null;
    };
    await client.call(request, { isReadable, isUrgent });
    if (page === null)
      throw new WscError("UPSTREAM_UNREADABLE", `${request.operation}: no page of jobs that can be read`);
    return { kept: createKeptPage(page, readAt), bytes: pageBytes(page) };
  }

  /** `fresh`: what was read before does not count; `urgent`: money waits for the answer. */
  async function page(
    args: SearchArguments,
    freshness: Freshness = "kept",
  ): Promise<{ page: ReadPage; asOf: number; stale?: WscError }> {
    const isUrgent = freshness === "urgent";
    const key = JSON.stringify(isUrgent ? { isUrgent, ...args } : args);
    const answer = await cache.get(key, () => fetchPage(args, isUrgent), { fresh: freshness !== "kept" });
    const read = answer.value.kept.at(now());
    if (isUnfiltered(args)) {
      for (const [index, { job }] of read.records.entries()) {
        lastSeenOnPage.set(job.instanceNo, Math.ceil(((args.page - 1) * args.limit + index + 1) / lookupLimit));
      }
    }
    return { page: read, asOf: answer.asOf, ...(answer.stale === undefined ? {} : { stale: answer.stale }) };
  }

  const everything = (pageNumber: number): SearchArguments => ({
    searchBy: null,
    keyword: "",
    statusCode: null,
    limit: lookupLimit,
    page: pageNumber,
  });

  return {
    /** One page as the upstream pages it. Throws UpstreamError, or UPSTREAM_UNREADABLE. */
    async list(args: SearchArguments): Promise<JobList> {
      const { page: read, asOf, stale } = await page(args);
      return {
        jobs: read.records.map(({ job }) => job),
        total: read.total ?? 0,
        page: args.page,
        pageCount: pageCountOf(read, args),
        limit: args.limit,
        asOf: new Date(asOf).toISOString(),
        ...(read.unreadable > 0 ? { unreadable: read.unreadable } : {}),
        ...staleOf(stale),
      };
    },

    /**
     * One job. The upstream cannot read one, so its pages are walked, newest first, beginning where the id stood last.
     * `null` when neither those pages nor the newest 2,000 jobs have it. `fresh` asks the upstream even when a cached page has it.
     */
    async find(instanceNo: string, options: { fresh?: boolean } = {}): Promise<FoundJob | null> {
      const remembered = lastSeenOnPage.get(instanceNo);
      const order = [
        ...new Set([
          remembered,
          remembered === undefined ? undefined : remembered + 1,
          ...Array.from({ length: lookupPages }, (_, index) => index + 1),
        ]),
      ];
      let pageCount = Number.POSITIVE_INFINITY;
      for (const pageNumber of order) {
        if (pageNumber === undefined || pageNumber > pageCount) continue;
        const {
          page: read,
          asOf,
          stale,
        } = await page(everything(pageNumber), options.fresh === true ? "fresh" : "kept");
        const record = read.records.find(({ job }) => job.instanceNo === instanceNo);
        if (record !== undefined) return { record, asOf: new Date(asOf).toISOString(), ...staleOf(stale) };
        // An older answer that lacks the job proves nothing.
        if (stale !== undefined) throw stale;
        pageCount = pageCountOf(read, { limit: lookupLimit, page: pageNumber });
      }
      return null;
    },

    /** A page of the list, or of a search, as the upstream gives it now. Throws UpstreamError, also when an older page is at hand. */
    async readPage(args: SearchArguments): Promise<ReadPage> {
      const { page: read, stale } = await page(args, "urgent");
      if (stale !== undefined) throw stale;
      return read;
    },

    /** The cheapest call there is, for the `Date` of its answer. */
    async measureClock(): Promise<void> {
      await client.call(getJobsRequest({ limit: 1, page: 1 }), { isUrgent: true });
    },

    /** After a create, cancel or stop: what was read before no longer counts. */
    forget(): void {
      cache.invalidate();
    },
  };
}
