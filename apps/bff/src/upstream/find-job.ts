import { WscError } from "@wsc-dashboard/wsc-core";
import type { ReadRecord, SearchArguments } from "@wsc-dashboard/wsc-core/upstream";
import type { Freshness, JobPages, PageAnswer } from "./job-pages.ts";
import { type JobPlace, type JobPlaces, lookupLimit } from "./job-places.ts";
import { locateJob, type NotLocated } from "./locate-job.ts";
import type { RankIndex } from "./rank-index.ts";
import { type Staleness, staleOf } from "./staleness.ts";

export interface FoundJob {
  readonly record: ReadRecord;
  readonly asOf: string;
  readonly stale?: Staleness;
}

export interface JobFinderParts {
  readonly pages: Pick<JobPages, "read">;
  readonly places: Pick<JobPlaces, "placeOf">;
  readonly ranks: Pick<RankIndex, "placeOf">;
  /** The memo token of a job that this dashboard ordered. */
  readonly tokenOf: (instanceNo: string) => Promise<string | null>;
  /** Whether the list has ever contained a job of this number. */
  readonly isListed: (instanceNo: string) => Promise<boolean>;
  /** Whether a report of this number exists or existed: at most one call, not repeated within a minute. */
  readonly hasReport: (instanceNo: string) => Promise<boolean>;
}

/** Finds one job, reading pages of the list with `read`. `search` is the freshness that searches need; `null`: no searches. */
export type JobFinder = (
  instanceNo: string,
  read: (page: number) => Promise<PageAnswer>,
  search: Freshness | null,
) => Promise<FoundJob | NotLocated>;

/** Arguments of a page of all jobs, used to locate single jobs. */
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

/** A search that may return the job among its first rows. */
function searchOf(token: string | null, place: JobPlace | null): SearchArguments | null {
  const [searchBy, keyword] = token !== null ? (["memo", token] as const) : (["url", place?.host ?? ""] as const);
  return keyword === "" ? null : { ...lookupPage(1), searchBy, keyword };
}

/**
 * Finds a job, which the upstream cannot return by its number: on the page where it was last, by a search for its memo token or
 * target, and then on the pages of the list.
 */
export function createJobFinder(parts: JobFinderParts): JobFinder {
  /** When the list is unordered, each lookup reads the next of its pages in turn. */
  let unorderedPage = 1;
  function nextUnordered(pageCount: number): number | null {
    if (pageCount < 2) return null;
    unorderedPage = unorderedPage >= pageCount ? 2 : unorderedPage + 1;
    return unorderedPage;
  }

  return async (instanceNo, read, search) => {
    const known = parts.places.placeOf(instanceNo);
    const place = known?.page ?? null;
    let calls = 0;
    if (place !== null) {
      calls += 1;
      const answer = await read(place);
      const record = recordOf(instanceNo, answer);
      if (record !== undefined) return foundIn(record, answer);
    }
    // How the vendor's search matches is not documented: when it fails, the list decides.
    const token = search === null ? null : await parts.tokenOf(instanceNo);
    const query = searchOf(token, known);
    if (search !== null && query !== null) {
      calls += 1;
      const answer = await parts.pages.read(query, search).catch(ignoreWscError);
      const record = answer === null ? undefined : recordOf(instanceNo, answer);
      if (answer !== null && record !== undefined) return foundIn(record, answer);
    }
    // A walk for many jobs (`search` is `null`) shares its pages, so it needs no check.
    const isKnown = search === null || known !== null || token !== null || (await parts.isListed(instanceNo));
    const found = await locateJob<PageAnswer>({
      instanceNo,
      likelyPages: place === null ? [] : [place + 1],
      limit: lookupLimit,
      probably: parts.ranks.placeOf(BigInt(instanceNo)),
      nextUnordered,
      callsBefore: calls,
      ...(isKnown ? {} : { isKnown: () => parts.hasReport(instanceNo) }),
      read: async (number) => {
        const answer = await read(number);
        // A stale page without the job proves nothing.
        if (answer.stale !== undefined && recordOf(instanceNo, answer) === undefined) throw answer.stale;
        return answer;
      },
    });
    return typeof found === "string" ? found : foundIn(found.record, found.from);
  };
}
