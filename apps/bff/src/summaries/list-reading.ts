import { isFinalPhase, jobPhases, WscError } from "@wsc-dashboard/wsc-core";
import type { JobDirectory } from "../upstream/job-directory.ts";
import type { JobSummaries } from "./job-summaries.ts";
import type { ReadingState } from "./reading-state.ts";

const pageLimit = 100;
/** Limits the known jobs to 10,000; older ones are not read. */
const maxPages = 100;
const fullEveryMs = 6 * 3_600_000;
/** Interval between two looks, as a multiple of the pause between two calls. */
const pausesBetweenLooks = 15;
/** Limits how often the whole list is read again because its total differs from the number of known jobs. */
const looksBetweenRepairs = 10;
const firstRetryMs = 15_000;
const longestRetryMs = 10 * 60_000;
const finalPhases = jobPhases.filter(isFinalPhase);

interface Walk {
  /** full: to the end of the list. look: until a page has nothing new and every unfinished job was seen. */
  readonly kind: "full" | "look";
  readonly beganAt: number;
  readonly unsettled: Set<string>;
  page: number;
  isComplete: boolean;
}

export interface ListReadingParts {
  readonly directory: Pick<JobDirectory, "list">;
  readonly summaries: JobSummaries;
  readonly state: ReadingState;
  readonly pauseMs: number;
  /** Called when the list was read to its end. */
  readonly onFull: (at: number) => Promise<void>;
}

/** Reads the list of jobs one page at a time. */
export function createListReading({ directory, summaries, state, pauseMs, onFull }: ListReadingParts) {
  const lookEveryMs = pauseMs * pausesBetweenLooks;
  let walk: Walk | null = null;
  let nextLookAt = 0;
  let nextFullAt: number | null = null;
  let failures = 0;
  let isKnown = false;

  async function begin(at: number): Promise<Walk | null> {
    if (nextFullAt === null) {
      const { list_read_at, failure_code } = await state.get();
      nextFullAt = (list_read_at ?? 0) + fullEveryMs;
      isKnown = list_read_at !== null;
      failures = failure_code === null ? 0 : 1;
    }
    if (at < nextLookAt) return null;
    const kind = at >= nextFullAt ? "full" : "look";
    return { kind, beganAt: at, unsettled: new Set(await summaries.unsettled(finalPhases)), page: 1, isComplete: true };
  }

  /** Schedules a full reading soon when the number of known jobs differs from the list's total. */
  async function checkCount(total: number, at: number): Promise<void> {
    if (total > maxPages * pageLimit || (await summaries.count()) === total) return;
    nextFullAt = Math.min(nextFullAt ?? 0, at + looksBetweenRepairs * lookEveryMs);
  }

  async function finish(done: Walk, total: number, at: number): Promise<void> {
    walk = null;
    nextLookAt = at + lookEveryMs;
    if (done.kind === "look") return checkCount(total, at);
    nextFullAt = at + fullEveryMs;
    if (done.isComplete) await summaries.forgetUnseen(done.beganAt);
    await state.noteListRead(at, done.isComplete);
    isKnown = true;
    await onFull(at);
  }

  async function readPage(current: Walk, at: number): Promise<void> {
    const list = await directory.list({
      ...{ searchBy: null, keyword: "", statusCode: null },
      ...{ limit: pageLimit, page: current.page },
    });
    if (list.stale !== undefined) throw new WscError("UPSTREAM_SLOW", list.stale.code);
    const changes = await summaries.noteListed(list.jobs, current.beganAt, at);
    if (failures > 0) await state.noteListAnswer();
    failures = 0;
    for (const { instanceNo } of list.jobs) current.unsettled.delete(instanceNo);
    if ((list.unreadable ?? 0) > 0) current.isComplete = false;
    const isLast = current.page >= list.pageCount;
    const isCapped = current.page >= maxPages;
    if (isCapped && !isLast) current.isComplete = false;
    const isEnough = current.kind === "look" && changes === 0 && current.unsettled.size === 0;
    if (isLast || isCapped || isEnough) await finish(current, list.total, at);
    else current.page += 1;
  }

  return {
    /** Whether the list has been read to its end before, so that earlier jobs are known. */
    isKnown: (): boolean => isKnown,

    /** Reads the next page if one is due; returns whether the upstream was called. */
    async step(at: number): Promise<boolean> {
      walk ??= await begin(at);
      if (walk === null) return false;
      try {
        await readPage(walk, at);
      } catch (error) {
        if (!(error instanceof WscError) || error.code === "STORE_UNAVAILABLE") throw error;
        walk = null;
        failures += 1;
        nextLookAt = at + Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(10, failures - 1));
        await state.noteListFailure(at, error.code);
      }
      return true;
    },
  };
}
