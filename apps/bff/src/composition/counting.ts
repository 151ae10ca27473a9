import { randomUUID } from "node:crypto";
import { createTargetSubmissions } from "../outbox/target-submissions.ts";
import { createPlannedRuns } from "../schedules/planned-runs.ts";
import { createBackgroundReading } from "../summaries/background-reading.ts";
import { createComparisonPartners } from "../summaries/comparison-partners.ts";
import { createJobSummaries } from "../summaries/job-summaries.ts";
import { createOverview } from "../summaries/overview.ts";
import { createReadingState } from "../summaries/reading-state.ts";
import type { TargetRecordParts } from "../summaries/target-facts.ts";
import { createTargetRecords } from "../summaries/target-records.ts";
import type { AppParts } from "./app-parts.ts";
import type { Ordering } from "./ordering.ts";
import type { UpstreamAccess } from "./upstream-access.ts";

export type Counting = ReturnType<typeof createCounting>;

/** What is kept of jobs and reports for whoever looks at many of them, and the reading that fills it. */
export function createCounting(
  { config, database, logger, now }: AppParts,
  { directory, reports }: UpstreamAccess,
  { orderedJobs }: Ordering,
) {
  const summaries = createJobSummaries(database);
  const state = createReadingState(database, randomUUID());
  const { masterOf, masters } = orderedJobs;
  const pauseMs = config.backgroundReadMs;
  const recordParts: TargetRecordParts = {
    ...{ summaries, state, orderedJobs, now },
    submissions: createTargetSubmissions(database),
    plannedRuns: createPlannedRuns(database),
    zone: config.timeZone,
    isReadingOn: pauseMs > 0,
  };
  return {
    partners: createComparisonPartners({ directory, reports, summaries, masterOf }),
    targetRecords: createTargetRecords(recordParts),
    readOverview: createOverview(recordParts),
    reading: createBackgroundReading({ summaries, state, directory, reports, masters, pauseMs, logger, now }),
  };
}
