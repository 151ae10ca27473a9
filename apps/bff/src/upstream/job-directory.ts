import { type Job, type JobList, WscError } from "@wsc-dashboard/wsc-core";
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

/** A list without its count, with rows that cannot be read, or longer than the walk: that a job is missing there says nothing. */
const unprovenAbsence = (): WscError =>
  new WscError("UPSTREAM_UNREADABLE", "getJobs: the list was not read in full, so a missing job proves nothing");

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

/** Whether the pages after this one hold nothing, or, newest first, only what is older than `since`. `rows` came so far. */
function isLastPage({ records, total, received, order }: ReadPage, rows: number, since: number): boolean {
  if (received === 0 || rows >= (total ?? 0)) return true;
  const oldest = order === "newest-first" ? (records.at(-1)?.job.startedAt ?? null) : null;
  return oldest !== null && Date.parse(oldest) < since;
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

    /**
     * Jobs whose wire memo ends with the token: by search, and when that finds none by paging back to `since` (milliseconds),
     * because how the search matches is not documented. An empty answer means that both worked and found nothing. Throws
     * UpstreamError.
     */
    async findByToken(token: string, since: number): Promise<Job[]> {
      const found = new Map<string, Job>();
      const collect = async (args: SearchArguments): Promise<ReadPage> => {
        const { page: read, stale } = await page(args, "urgent");
        if (stale !== undefined) throw stale;
        for (const { job, wireMemo } of read.records) {
          if (wireMemo.trimEnd().endsWith(token)) found.set(job.instanceNo, job);
        }
        return read;
      };
      await collect({ searchBy: "memo", keyword: token, statusCode: null, limit: lookupLimit, page: 1 });
      let rows = 0;
      let isWalkedThrough = false;
      let isComplete = true;
      for (let pageNumber = 1; found.size === 0 && !isWalkedThrough && pageNumber <= lookupPages; pageNumber += 1) {
        const read = await collect(everything(pageNumber));
        rows += read.received;
        isComplete &&= read.isComplete;
        isWalkedThrough = isLastPage(read, rows, since);
      }
      if (found.size === 0 && !(isWalkedThrough && isComplete)) throw unprovenAbsence();
      return [...found.values()];
    },

    /**
     * The jobs of each of the tokens, all of one length, in one walk through the newest 2,000 jobs back to `since` (milliseconds).
     * A token that is missing has no job there. Throws UpstreamError, or UPSTREAM_UNREADABLE when not every job could be read.
     */
    async findByTokens(tokens: ReadonlySet<string>, since: number): Promise<Map<string, Job[]>> {
      const [{ length } = ""] = tokens;
      const found = new Map<string, Job[]>();
      let rows = 0;
      let isWalkedThrough = false;
      for (let pageNumber = 1; !isWalkedThrough && pageNumber <= lookupPages; pageNumber += 1) {
        const { page: read, stale } = await page(everything(pageNumber), "urgent");
        if (stale !== undefined) throw stale;
        if (!read.isComplete) throw unprovenAbsence();
        rows += read.received;
        for (const { job, wireMemo } of read.records) {
          const token = wireMemo.trimEnd().slice(-length);
          const known = found.get(token) ?? [];
          // A job that starts in between moves the others to the next page.
          if (tokens.has(token) && !known.some(({ instanceNo }) => instanceNo === job.instanceNo)) {
            found.set(token, [...known, job]);
          }
        }
        isWalkedThrough = isLastPage(read, rows, since);
      }
      if (!isWalkedThrough) throw unprovenAbsence();
      return found;
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
