import { targetHostOf, WscError } from "@wsc-dashboard/wsc-core";
import type { ReadRecord, SearchArguments } from "@wsc-dashboard/wsc-core/upstream";
import type { Freshness, JobPages, PageAnswer } from "./job-pages.ts";
import { type JobPlaces, lookupLimit } from "./job-places.ts";
import { locateJob } from "./locate-job.ts";
import { type Staleness, staleOf } from "./staleness.ts";

export interface FoundJob {
  readonly record: ReadRecord;
  readonly asOf: string;
  readonly stale?: Staleness;
}

export interface JobFinderParts {
  readonly pages: Pick<JobPages, "read">;
  readonly places: Pick<JobPlaces, "placeOf">;
  /** The memo token of a job that this dashboard ordered. */
  readonly tokenOf: (instanceNo: string) => Promise<string | null>;
}

/** Finds one job with pages of `read`. `search`: how fresh the searches have to be; `null` without searching. */
export type JobFinder = (
  instanceNo: string,
  read: (page: number) => Promise<PageAnswer>,
  search: Freshness | null,
) => Promise<FoundJob | null>;

/** The arguments of a page of all jobs, on which single ones are searched for. */
export const lookupPage = (page: number): SearchArguments => ({
  searchBy: null,
  keyword: "",
  statusCode: null,
  limit: lookupLimit,
  page,
});

function ignoreWscError(error: unknown): null {
  if (error instanceof WscError) return null;
  throw error;
}

const recordOf = (instanceNo: string, { page }: PageAnswer): ReadRecord | undefined =>
  page.records.find(({ job }) => job.instanceNo === instanceNo);

const foundIn = (record: ReadRecord, { asOf, stale }: PageAnswer): FoundJob => ({
  record,
  asOf: new Date(asOf).toISOString(),
  ...staleOf(stale),
});

/** A search that may have the job among its first rows. */
async function searchFor(
  { pages, places, tokenOf }: JobFinderParts,
  instanceNo: string,
  freshness: Freshness,
): Promise<FoundJob | null> {
  const token = await tokenOf(instanceNo);
  const startUrl = places.placeOf(instanceNo)?.startUrl ?? "";
  const host = URL.canParse(startUrl) ? targetHostOf(startUrl) : "";
  const [searchBy, keyword] = token !== null ? (["memo", token] as const) : (["url", host] as const);
  if (keyword === "") return null;
  const answer = await pages.read({ ...lookupPage(1), searchBy, keyword }, freshness);
  const record = recordOf(instanceNo, answer);
  return record === undefined ? null : foundIn(record, answer);
}

/**
 * The upstream cannot read one job, so it is searched for where it stood last, by the memo token or the target that it is known
 * by, and on the pages of the list. `null` when it is not found.
 */
export function createJobFinder(parts: JobFinderParts): JobFinder {
  return async (instanceNo, read, search) => {
    const place = parts.places.placeOf(instanceNo)?.page ?? null;
    if (place !== null) {
      const answer = await read(place);
      const record = recordOf(instanceNo, answer);
      if (record !== undefined) return foundIn(record, answer);
    }
    // The vendor's search answers in its own way: when it fails, the list decides.
    const searched = search === null ? null : await searchFor(parts, instanceNo, search).catch(ignoreWscError);
    if (searched !== null) return searched;
    const found = await locateJob<PageAnswer>({
      instanceNo,
      likelyPages: place === null ? [] : [place + 1],
      limit: lookupLimit,
      read: async (number) => {
        const answer = await read(number);
        // An older answer that lacks the job proves nothing.
        if (answer.stale !== undefined && recordOf(instanceNo, answer) === undefined) throw answer.stale;
        return answer;
      },
    });
    return found === null ? null : foundIn(found.record, found.from);
  };
}
