import { targetHostOf } from "@wsc-dashboard/wsc-core";
import type { ReadRecord, SearchArguments } from "@wsc-dashboard/wsc-core/upstream";
import { LRUCache } from "lru-cache";
import type { NotLocated } from "./locate-job.ts";

/** Rows of a page when locating single jobs. */
export const lookupLimit = 100;

/** What is remembered of a job that was read. */
export interface JobPlace {
  /** Page of `lookupLimit` rows in the order of the list; `null` when only a search has returned the job. */
  readonly page: number | null;
  /** Host of its target; `""` when it has none. The whole URL may be as long as a response. */
  readonly host: string;
}

/** Maximum number of jobs remembered: a year of a busy account. */
const maxPlaces = 20_000;
const maxMisses = 10_000;
/** An id that was not found is not searched for again within this time, in milliseconds. */
const notFoundHoldMs = 60_000;

export const isUnfiltered = ({ searchBy, statusCode }: SearchArguments): boolean =>
  searchBy === null && statusCode === null;

/** Maximum length of a host name with a port. */
const maxHostLength = 260;

function readHost(startUrl: string): string {
  const host = URL.canParse(startUrl) ? targetHostOf(startUrl) : "";
  return host.length <= maxHostLength ? host : "";
}

/** Cache of hosts by URL, since targets recur; longer URLs are not cached, which bounds memory. */
const hosts = new LRUCache<string, string>({ max: 2_000 });
const maxCachedLength = 500;

function hostOf(startUrl: string): string {
  if (startUrl.length > maxCachedLength) return readHost(startUrl);
  const known = hosts.get(startUrl);
  if (known !== undefined) return known;
  const host = readHost(startUrl);
  hosts.set(startUrl, host);
  return host;
}

export type JobPlaces = ReturnType<typeof createJobPlaces>;

/** The page of the list on which each job was last, and the ids that were not found lately. `now`: local milliseconds. */
export function createJobPlaces(now: () => number) {
  // `max` would take the memory of all entries at once; a maximum of the sizes lets it grow.
  const sizeCalculation = () => 1;
  const places = new LRUCache<string, JobPlace>({ maxSize: maxPlaces, sizeCalculation });
  /** When each id was not found, and whether the list rules it out. */
  const misses = new LRUCache<string, { readonly at: number; readonly why: NotLocated }>({
    maxSize: maxMisses,
    sizeCalculation,
  });
  return {
    /** Remembers the rows of a page of the list or of a search. */
    remember(args: SearchArguments, records: readonly ReadRecord[]): void {
      for (const [index, { job }] of records.entries()) {
        const row = (args.page - 1) * args.limit + index;
        const seenOn = isUnfiltered(args) ? Math.floor(row / lookupLimit) + 1 : null;
        places.set(job.instanceNo, {
          page: seenOn ?? places.get(job.instanceNo)?.page ?? null,
          host: hostOf(job.startUrl),
        });
        misses.delete(job.instanceNo);
      }
    },
    placeOf: (instanceNo: string): JobPlace | null => places.get(instanceNo) ?? null,
    /** Why an id was not found within the last minute; `null` when it was not searched for or has been found since. */
    missOf(instanceNo: string): NotLocated | null {
      const miss = misses.get(instanceNo);
      const age = now() - (miss?.at ?? Number.NEGATIVE_INFINITY);
      return miss !== undefined && age >= 0 && age < notFoundHoldMs ? miss.why : null;
    },
    /** Records why an id was not found; `null` when it was found. */
    noteSearch(instanceNo: string, why: NotLocated | null): void {
      if (why === null) misses.delete(instanceNo);
      else misses.set(instanceNo, { at: now(), why });
    },
  };
}
