import { shownTargetJobs, type TargetDetail, type TargetList, WscError } from "@wsc-dashboard/wsc-core";
import { instantOf } from "./summary-rows.ts";
import { gatherFacts, readingOf, type TargetRecordParts } from "./target-facts.ts";
import { newestFirst, targetJobsOf, targetOfRows, targetsOfRows } from "./target-list.ts";

export type TargetRecords = ReturnType<typeof createTargetRecords>;

/** Data of targets for pages, from the database only: the upstream is never called. */
export function createTargetRecords(parts: TargetRecordParts) {
  const { summaries, state, isReadingOn, now } = parts;
  return {
    async list(): Promise<TargetList> {
      const at = now();
      const [rows, { facts }, reading] = await Promise.all([summaries.all(), gatherFacts(parts, at), state.get()]);
      return {
        targets: targetsOfRows(rows, facts),
        reading: readingOf(rows, reading, isReadingOn, at),
        asOf: new Date(at).toISOString(),
      };
    },

    /** The start URL of the newest job of each target. */
    async startUrls(): Promise<ReadonlyMap<string, string>> {
      const rows = await summaries.all();
      return new Map(
        newestFirst(rows)
          .reverse()
          .map(({ target, start_url }) => [target, start_url]),
      );
    },

    /** Throws TARGET_NOT_FOUND. */
    async get(host: string): Promise<TargetDetail> {
      const at = now();
      const [rows, { facts, schedules }, reading] = await Promise.all([
        summaries.all(host),
        gatherFacts(parts, at),
        state.get(),
      ]);
      if (rows.length === 0 && !facts.details.has(host)) throw new WscError("TARGET_NOT_FOUND");
      return {
        target: targetOfRows(host, rows, facts),
        jobs: targetJobsOf(rows, at).slice(0, shownTargetJobs),
        jobCount: rows.length,
        schedules: schedules
          .filter((schedule) => schedule.host === host)
          .map(({ id, startUrl, isPaused, nextAt }) => ({
            ...{ id, startUrl },
            state: isPaused ? ("paused" as const) : ("active" as const),
            nextAt: instantOf(nextAt),
          })),
        reading: readingOf(rows, reading, isReadingOn, at),
        asOf: new Date(at).toISOString(),
      };
    },
  };
}
