import { type JobList, WscError } from "@wsc-dashboard/wsc-core";
import type { UpstreamAnswer } from "@wsc-dashboard/wsc-core/node";
import { getJobsRequest, pageCountOf, type ReadPage, type SearchArguments } from "@wsc-dashboard/wsc-core/upstream";
import { createJobFinder, type FoundJob, type JobFinderParts, lookupPage } from "./find-job.ts";
import { createJobPages, type JobPagesParts, type PageAnswer } from "./job-pages.ts";
import { createJobPlaces, isUnfiltered } from "./job-places.ts";
import { createRankIndex } from "./rank-index.ts";
import { staleOf } from "./staleness.ts";

export interface JobWalk {
  find(instanceNo: string): Promise<FoundJob | null>;
}

export interface JobDirectoryOptions
  extends Pick<JobPagesParts, "client" | "zone" | "ttlMs" | "now">,
    Pick<JobFinderParts, "tokenOf" | "isListed" | "hasReport"> {
  /** Called with every page that was read. */
  readonly onPage?: (args: SearchArguments, page: ReadPage, answer: UpstreamAnswer) => void;
  /** Whether one response had a deviating time that no other has confirmed. */
  readonly isClockDoubted: () => boolean;
}

function listOf(args: SearchArguments, { page, asOf, stale }: PageAnswer): JobList {
  return {
    jobs: page.records.map(({ job }) => job),
    // A total below the rows of its own page counts something else.
    total: Math.max(page.total ?? 0, page.received),
    page: args.page,
    pageCount: pageCountOf(page, args),
    limit: args.limit,
    asOf: new Date(asOf).toISOString(),
    ...(page.unreadable > 0 ? { unreadable: page.unreadable } : {}),
    ...staleOf(stale),
  };
}

export type JobDirectory = ReturnType<typeof createJobDirectory>;

/** The upstream's list of jobs, cached for all readers: pages, searches, and single jobs located by paging. */
export function createJobDirectory({
  client,
  zone,
  ttlMs,
  now,
  tokenOf,
  isListed,
  hasReport,
  onPage = () => {},
  isClockDoubted,
}: JobDirectoryOptions) {
  const places = createJobPlaces(now);
  const ranks = createRankIndex();
  const pages = createJobPages({
    ...{ client, zone, ttlMs, now, onRecords: places.remember },
    onPage(args, page, answer) {
      if (isUnfiltered(args)) ranks.learn(args.page, args.limit, page);
      onPage(args, page, answer);
    },
  });
  const findWith = createJobFinder({ pages, places, ranks, tokenOf, isListed, hasReport });

  return {
    /** One page of the upstream's list or of a search. Throws UpstreamError, or UPSTREAM_UNREADABLE. */
    async list(args: SearchArguments): Promise<JobList> {
      return listOf(args, await pages.read(args));
    },

    /** The same page as JSON bytes; the same array while nothing of it changes. */
    async listSerialised(args: SearchArguments): Promise<Uint8Array> {
      const { value, ...answer } = await pages.entry(args);
      const view = value.kept.at(now());
      const key = JSON.stringify([answer.asOf, staleOf(answer.stale)]);
      const { serialised } = value;
      if (serialised !== null && serialised.view === view && serialised.key === key) return serialised.bytes;
      // Not parsed by the schema of the contract, since `readJobPage` makes exactly its fields (any-answer.test.ts).
      const bytes = Buffer.from(JSON.stringify(listOf(args, { page: view, ...answer })));
      value.serialised = { view, key, bytes };
      return bytes;
    },

    /**
     * One job (createJobFinder). Returns `null` when it is not found; it is then not searched for again for a minute. `fresh`
     * asks the upstream even when a cached page has the job.
     */
    async find(instanceNo: string, { fresh = false }: { fresh?: boolean } = {}): Promise<FoundJob | null> {
      if (!fresh && places.missOf(instanceNo) !== null) return null;
      const freshness = fresh ? "fresh" : "kept";
      const found = await findWith(instanceNo, (number) => pages.read(lookupPage(number), freshness), freshness);
      const why = typeof found === "string" ? found : null;
      places.noteSearch(instanceNo, why);
      return typeof found === "string" ? null : found;
    },

    /** Whether the job was not found within the last minute and no list has contained it since. */
    wasMissed: (instanceNo: string): boolean => places.missOf(instanceNo) !== null,

    /** Whether a job that was not found within the last minute may still be in the list. */
    isUndecided: (instanceNo: string): boolean => places.missOf(instanceNo) === "undecided",

    /** The error for a job that was not found just now. */
    notMet: (instanceNo: string): WscError =>
      new WscError(places.missOf(instanceNo) === "undecided" ? "JOB_SEARCH_UNFINISHED" : "JOB_NOT_FOUND"),

    /** Looks for several jobs in the list as it is now; each page is read once for all of them. */
    startWalk(): JobWalk {
      const walked = new Map<number, Promise<PageAnswer>>();
      const read = (number: number): Promise<PageAnswer> => {
        const known = walked.get(number) ?? pages.read(lookupPage(number), "fresh");
        walked.set(number, known);
        return known;
      };
      return {
        find: async (instanceNo) => {
          const found = await findWith(instanceNo, read, null);
          return typeof found === "string" ? null : found;
        },
      };
    },

    /** A page of the list or of a search, read from the upstream now. Throws UpstreamError, even when an older page is cached. */
    async readPage(args: SearchArguments): Promise<ReadPage> {
      const { page, stale } = await pages.read(args, "urgent");
      if (stale !== undefined) throw stale;
      return page;
    },

    /** Makes the cheapest call that exists, for the `Date` header of its response. */
    async measureClock(): Promise<void> {
      await client.call(getJobsRequest({ limit: 1, page: 1 }), { isUrgent: true });
      // A time far from the current estimate is believed only when a second response confirms it.
      if (isClockDoubted()) await client.call(getJobsRequest({ limit: 1, page: 1 }), { isUrgent: true });
    },

    /** Invalidates the cache after a create, cancel or stop. */
    forget: pages.forget,
  };
}
