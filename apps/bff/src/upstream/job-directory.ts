import { type JobList, jobListSchema, targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
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
import { locateJob } from "./locate-job.ts";
import { type CachedAnswer, createReadCache } from "./read-cache.ts";

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
/** Jobs whose page is remembered: a year of a busy account. */
const rememberedJobs = 20_000;
const rememberedMisses = 10_000;
/** An id that was not met is not looked for again before, in milliseconds. */
const notFoundHoldMs = 60_000;

type Freshness = "kept" | "fresh" | "urgent";

interface PageEntry {
  readonly kept: KeptPage;
  readonly bytes: number;
  /** The list as it was sent last. */
  serialised: {
    readonly view: ReadPage;
    readonly asOf: number;
    readonly stale: string;
    readonly bytes: Uint8Array;
  } | null;
}

interface PageAnswer {
  readonly page: ReadPage;
  readonly asOf: number;
  readonly stale?: WscError;
}

/** What is remembered of a job that was seen. */
interface Place {
  /** Page of `lookupLimit` rows, newest first; `null` when only a search has shown it. */
  readonly page: number | null;
  readonly startUrl: string;
}

export interface JobWalk {
  find(instanceNo: string): Promise<FoundJob | null>;
}

export interface JobDirectoryOptions {
  readonly client: UpstreamClient;
  /** Zone of the vendor's dates. */
  readonly zone: string;
  readonly ttlMs: number;
  readonly now: () => number;
  /** The memo token of a job that this dashboard ordered. */
  readonly tokenOf: (instanceNo: string) => Promise<string | null>;
  /** Told every page that was read. */
  readonly onPage?: (args: SearchArguments, page: ReadPage, answer: UpstreamAnswer) => void;
  /** Whether one answer told another time than is believed, and none has confirmed it. */
  readonly isClockDoubted: () => boolean;
}

function ignoreWscError(error: unknown): null {
  if (error instanceof WscError) return null;
  throw error;
}

const foundIn = (record: ReadRecord, { asOf, stale }: PageAnswer): FoundJob => ({
  record,
  asOf: new Date(asOf).toISOString(),
  ...staleOf(stale),
});

function listOf(args: SearchArguments, { page, asOf, stale }: PageAnswer): JobList {
  return {
    jobs: page.records.map(({ job }) => job),
    total: page.total ?? 0,
    page: args.page,
    pageCount: pageCountOf(page, args),
    limit: args.limit,
    asOf: new Date(asOf).toISOString(),
    ...(page.unreadable > 0 ? { unreadable: page.unreadable } : {}),
    ...staleOf(stale),
  };
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

/** The upstream's list of jobs, shared by all readers: lists, searches, and single jobs found by paging. */
export function createJobDirectory({
  client,
  zone,
  ttlMs,
  now,
  tokenOf,
  onPage = () => {},
  isClockDoubted,
}: JobDirectoryOptions) {
  const cache = createReadCache<PageEntry>({ ttlMs, now, sizeOf: ({ bytes }) => bytes });
  const places = new LRUCache<string, Place>({ max: rememberedJobs });
  /** Ids that were not met, and when. */
  const notFound = new LRUCache<string, number>({ max: rememberedMisses });

  function remember(args: SearchArguments, records: readonly ReadRecord[]): void {
    for (const [index, { job }] of records.entries()) {
      const row = (args.page - 1) * args.limit + index;
      const page = isUnfiltered(args) ? Math.floor(row / lookupLimit) + 1 : (places.get(job.instanceNo)?.page ?? null);
      places.set(job.instanceNo, { page, startUrl: job.startUrl });
      notFound.delete(job.instanceNo);
    }
  }

  async function fetchPage(args: SearchArguments, isUrgent: boolean): Promise<PageEntry> {
    const request = isUnfiltered(args) ? getJobsRequest(args) : searchJobsRequest(args);
    const readAt = now();
    let page: ReadPage | null = null;
    const isReadable = (answer: UpstreamAnswer): boolean => {
      const { payload, recognised } = answer;
      page = recognised ? readJobPage(payload, { zone, now: new Date(readAt), statusCode: args.statusCode }) : null;
      return page !== null;
    };
    const answer = await client.call(request, { isReadable, isUrgent });
    const read = page as ReadPage | null;
    if (read === null) {
      throw new WscError("UPSTREAM_UNREADABLE", `${request.operation}: no page of jobs that can be read`);
    }
    remember(args, read.records);
    onPage(args, read, answer);
    return { kept: createKeptPage(read, readAt), bytes: pageBytes(read), serialised: null };
  }

  /** `fresh`: what was read before does not count; `urgent`: money waits for the answer. */
  function entry(args: SearchArguments, freshness: Freshness = "kept"): Promise<CachedAnswer<PageEntry>> {
    const isUrgent = freshness === "urgent";
    const key = JSON.stringify(isUrgent ? { isUrgent, ...args } : args);
    return cache.get(key, () => fetchPage(args, isUrgent), { fresh: freshness !== "kept" });
  }

  async function page(args: SearchArguments, freshness: Freshness = "kept"): Promise<PageAnswer> {
    const { value, asOf, stale } = await entry(args, freshness);
    return { page: value.kept.at(now()), asOf, ...(stale === undefined ? {} : { stale }) };
  }

  const everything = (pageNumber: number): SearchArguments => ({
    searchBy: null,
    keyword: "",
    statusCode: null,
    limit: lookupLimit,
    page: pageNumber,
  });

  /** A search that may have the job among its first rows. */
  async function searchFor(instanceNo: string, freshness: Freshness): Promise<FoundJob | null> {
    const token = await tokenOf(instanceNo);
    const startUrl = places.get(instanceNo)?.startUrl ?? "";
    const host = URL.canParse(startUrl) ? targetHostOf(startUrl) : "";
    const [searchBy, keyword] = token !== null ? (["memo", token] as const) : (["url", host] as const);
    if (keyword === "") return null;
    const answer = await page({ searchBy, keyword, statusCode: null, limit: lookupLimit, page: 1 }, freshness);
    const record = answer.page.records.find(({ job }) => job.instanceNo === instanceNo);
    return record === undefined ? null : foundIn(record, answer);
  }

  /** `search`: how fresh the searches have to be; `null` without searching. */
  async function findWith(
    instanceNo: string,
    read: (page: number) => Promise<PageAnswer>,
    search: Freshness | null,
  ): Promise<FoundJob | null> {
    const place = places.get(instanceNo)?.page ?? null;
    if (place !== null) {
      const answer = await read(place);
      const record = answer.page.records.find(({ job }) => job.instanceNo === instanceNo);
      if (record !== undefined) return foundIn(record, answer);
    }
    // The vendor's search answers in its own way: when it fails, the list decides.
    const searched = search === null ? null : await searchFor(instanceNo, search).catch(ignoreWscError);
    if (searched !== null) return searched;
    const found = await locateJob<PageAnswer>({
      instanceNo,
      likelyPages: place === null ? [] : [place + 1],
      limit: lookupLimit,
      read: async (number) => {
        const answer = await read(number);
        const isMet = answer.page.records.some(({ job }) => job.instanceNo === instanceNo);
        // An older answer that lacks the job proves nothing.
        if (answer.stale !== undefined && !isMet) throw answer.stale;
        return answer;
      },
    });
    return found === null ? null : foundIn(found.record, found.from);
  }

  return {
    /** One page as the upstream pages it. Throws UpstreamError, or UPSTREAM_UNREADABLE. */
    async list(args: SearchArguments): Promise<JobList> {
      return listOf(args, await page(args));
    },

    /** The same as JSON bytes; the same object as long as nothing of it changes. */
    async listSerialised(args: SearchArguments): Promise<Uint8Array> {
      const { value, ...answer } = await entry(args);
      const view = value.kept.at(now());
      const { asOf } = answer;
      const stale = answer.stale === undefined ? "" : JSON.stringify(staleOf(answer.stale));
      const last = value.serialised;
      if (last !== null && last.view === view && last.asOf === asOf && last.stale === stale) return last.bytes;
      const list = jobListSchema.parse(listOf(args, { page: view, ...answer }));
      const bytes = Buffer.from(JSON.stringify(list));
      value.serialised = { view, asOf, stale, bytes };
      return bytes;
    },

    /**
     * One job. The upstream cannot read one, so it is looked for where it stood last, by a search for the memo token or the target
     * that it is known by, and on the pages of the list. `null` when it is not found; then it is not searched for again for a minute.
     * `fresh` asks the upstream even when a kept page has it.
     */
    async find(instanceNo: string, { fresh = false }: { fresh?: boolean } = {}): Promise<FoundJob | null> {
      const missedSince = now() - (notFound.get(instanceNo) ?? Number.NEGATIVE_INFINITY);
      if (!fresh && missedSince >= 0 && missedSince < notFoundHoldMs) return null;
      const freshness = fresh ? "fresh" : "kept";
      const found = await findWith(instanceNo, (number) => page(everything(number), freshness), freshness);
      if (found === null) notFound.set(instanceNo, now());
      else notFound.delete(instanceNo);
      return found;
    },

    /** Looks for several jobs in the list as it is now; each page is read once for all of them. */
    startWalk(): JobWalk {
      const pages = new Map<number, Promise<PageAnswer>>();
      const read = (number: number): Promise<PageAnswer> => {
        const known = pages.get(number) ?? page(everything(number), "fresh");
        pages.set(number, known);
        return known;
      };
      return { find: (instanceNo) => findWith(instanceNo, read, null) };
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
      // A time that is far from the one believed so far is believed when a second answer agrees.
      if (isClockDoubted()) await client.call(getJobsRequest({ limit: 1, page: 1 }), { isUrgent: true });
    },

    /** After a create, cancel or stop: what was read before no longer counts. */
    forget(): void {
      cache.invalidate();
    },
  };
}
