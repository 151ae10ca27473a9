import { WscError } from "@wsc-dashboard/wsc-core";
import type { UpstreamAnswer, UpstreamClient } from "@wsc-dashboard/wsc-core/node";
import {
  decodeEnvelope,
  getJobsRequest,
  type ReadPage,
  type ReadRecord,
  readJobPage,
  type SearchArguments,
  searchJobsRequest,
} from "@wsc-dashboard/wsc-core/upstream";
import { isUnfiltered } from "./job-places.ts";
import { createKeptPage, type KeptPage, pageBytes } from "./kept-page.ts";
import { type CachedAnswer, createReadCache } from "./read-cache.ts";

/** `fresh`: no cached page is used; `urgent`: also, a paid call depends on the response. */
export type Freshness = "kept" | "fresh" | "urgent";

export interface PageEntry {
  readonly kept: KeptPage;
  readonly bytes: number;
  /** The JSON bytes that were sent last. */
  serialised: { readonly view: ReadPage; readonly key: string; readonly bytes: Uint8Array } | null;
}

export interface PageAnswer {
  readonly page: ReadPage;
  readonly asOf: number;
  readonly stale?: WscError;
}

export interface JobPagesParts {
  readonly client: UpstreamClient;
  /** Time zone of the vendor's dates. */
  readonly zone: string;
  readonly ttlMs: number;
  readonly now: () => number;
  /** Called with every page that was read. */
  readonly onPage: (args: SearchArguments, page: ReadPage, answer: UpstreamAnswer) => void;
  readonly onRecords: (args: SearchArguments, records: readonly ReadRecord[]) => void;
}

export type JobPages = ReturnType<typeof createJobPages>;

/** Reads a page from the upstream. Throws UpstreamError, or UPSTREAM_UNREADABLE. */
async function fetchPage(
  { client, zone, now, onPage, onRecords }: Omit<JobPagesParts, "ttlMs">,
  args: SearchArguments,
  isUrgent: boolean,
): Promise<PageEntry> {
  const request = isUnfiltered(args) ? getJobsRequest(args) : searchJobsRequest(args);
  const readAt = now();
  let page: ReadPage | null = null;
  let answerBytes = 0;
  const isReadable = (answer: UpstreamAnswer): boolean => {
    const { payload, recognised, isDoubtful } = answer;
    const { statusCode } = args;
    page = recognised ? readJobPage(payload, { zone, now: new Date(readAt), statusCode, isDoubtful }) : null;
    // A first page without the rows that its total announces would look like an empty list. A search's total is undocumented.
    const isShort = page !== null && page.received === 0 && (page.total ?? 0) > 0;
    if (isUnfiltered(args) && args.page === 1 && isShort) page = null;
    return page !== null;
  };
  const answer = await client.call(request, {
    ...{ isReadable, isUrgent },
    decode: async ({ httpStatus, body }) => {
      answerBytes = body.length;
      return decodeEnvelope(httpStatus, body.toString("utf8"));
    },
  });
  const read = page as ReadPage | null;
  if (read === null) {
    throw new WscError("UPSTREAM_UNREADABLE", `${request.operation}: no page of jobs that can be read`);
  }
  onRecords(args, read.records);
  onPage(args, read, answer);
  return { kept: createKeptPage(read, readAt), bytes: pageBytes(read, answerBytes), serialised: null };
}

/** Pages of the list and of searches, cached by their exact arguments. */
export function createJobPages({ ttlMs, ...parts }: JobPagesParts) {
  const { now } = parts;
  const cache = createReadCache<PageEntry>({ ttlMs, now, sizeOf: ({ bytes }) => bytes });

  function entry(args: SearchArguments, freshness: Freshness = "kept"): Promise<CachedAnswer<PageEntry>> {
    const isUrgent = freshness === "urgent";
    const key = JSON.stringify(isUrgent ? { isUrgent, ...args } : args);
    return cache.get(key, () => fetchPage(parts, args, isUrgent), { fresh: freshness !== "kept" });
  }

  return {
    entry,
    async read(args: SearchArguments, freshness: Freshness = "kept"): Promise<PageAnswer> {
      const { value, asOf, stale } = await entry(args, freshness);
      return { page: value.kept.at(now()), asOf, ...(stale === undefined ? {} : { stale }) };
    },
    /** Invalidates the cache after a create, cancel or stop. */
    forget: (): void => cache.invalidate(),
  };
}
