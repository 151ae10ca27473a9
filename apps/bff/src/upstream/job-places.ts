import { targetHostOf } from "@wsc-dashboard/wsc-core";
import type { ReadRecord, SearchArguments } from "@wsc-dashboard/wsc-core/upstream";
import { LRUCache } from "lru-cache";
import type { NotLocated } from "./locate-job.ts";

/** Rows of a page on which single jobs are searched for. */
export const lookupLimit = 100;

/** What is remembered of a job that was seen. */
export interface JobPlace {
  /** Page of `lookupLimit` rows, newest first; `null` when only a search has shown it. */
  readonly page: number | null;
  /** Host of its target; `""` when it has none. The address itself may be as long as an answer. */
  readonly host: string;
}

/** Jobs whose page is remembered: a year of a busy account. */
const maxPlaces = 20_000;
const maxMisses = 10_000;
/** An id that was not found is not searched for again before, in milliseconds. */
const notFoundHoldMs = 60_000;

export const isUnfiltered = ({ searchBy, statusCode }: SearchArguments): boolean =>
  searchBy === null && statusCode === null;

/** The longest name of a host, with a port. */
const maxHostLength = 260;

function hostOf(startUrl: string): string {
  const host = URL.canParse(startUrl) ? targetHostOf(startUrl) : "";
  return host.length <= maxHostLength ? host : "";
}

export type JobPlaces = ReturnType<typeof createJobPlaces>;

/** On which page of the list each job was seen last, and which ids were not found lately. `now`: local milliseconds. */
export function createJobPlaces(now: () => number) {
  const places = new LRUCache<string, JobPlace>({ max: maxPlaces });
  /** Ids that were not found, when, and whether the list leaves no place for them. */
  const misses = new LRUCache<string, { readonly at: number; readonly why: NotLocated }>({ max: maxMisses });
  return {
    /** The rows of a page of the list or of a search. */
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
    /** Why an id was not found within the last minute; `null` when it was not searched for since. */
    missOf(instanceNo: string): NotLocated | null {
      const miss = misses.get(instanceNo);
      const age = now() - (miss?.at ?? Number.NEGATIVE_INFINITY);
      return miss !== undefined && age >= 0 && age < notFoundHoldMs ? miss.why : null;
    },
    /** `why` an id was not found; `null` when it was. */
    noteSearch(instanceNo: string, why: NotLocated | null): void {
      if (why === null) misses.delete(instanceNo);
      else misses.set(instanceNo, { at: now(), why });
    },
  };
}
