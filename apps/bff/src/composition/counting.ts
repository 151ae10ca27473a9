import { randomUUID } from "node:crypto";
import type { Job } from "@wsc-dashboard/wsc-core";
import { errorDetails } from "../identity/error-details.ts";
import { createTargetSubmissions } from "../outbox/target-submissions.ts";
import { createPlannedRuns } from "../schedules/planned-runs.ts";
import { createBackgroundReading } from "../summaries/background-reading.ts";
import { createComparisonPartners } from "../summaries/comparison-partners.ts";
import { createJobRecords } from "../summaries/job-records.ts";
import { createJobSummaries } from "../summaries/job-summaries.ts";
import { createMonthlyReport } from "../summaries/monthly-report.ts";
import { createOverview } from "../summaries/overview.ts";
import { createReadingState } from "../summaries/reading-state.ts";
import type { TargetRecordParts } from "../summaries/target-facts.ts";
import { createTargetRecords } from "../summaries/target-records.ts";
import { createUnobservedReports } from "../summaries/unobserved-reports.ts";
import { createTargetDetailStore } from "../target-details/target-detail-store.ts";
import { recordNewOwners } from "../target-details/target-notifications.ts";
import { recordVerdictNews } from "../verdicts/verdict-notifications.ts";
import { createVerdictObservation } from "../verdicts/verdict-observation.ts";
import { createVerdictStore } from "../verdicts/verdict-store.ts";
import type { AppParts } from "./app-parts.ts";
import type { Ordering } from "./ordering.ts";
import type { Records } from "./records.ts";
import type { UpstreamAccess } from "./upstream-access.ts";

export type Counting = ReturnType<typeof createCounting>;

/** Summaries of jobs and reports for pages over many of them, and the background reading that fills them. */
export function createCounting(
  { config, database, logger, now }: AppParts,
  { clock, directory, reports }: UpstreamAccess,
  { audit }: Records,
  { orderedJobs, outbox }: Ordering,
) {
  const summaries = createJobSummaries(database);
  const unobserved = createUnobservedReports(database);
  const verdicts = createVerdictStore({ database, audit, onFirst: unobserved.observeNewest, tell: recordVerdictNews });
  const targetDetails = createTargetDetailStore(database, audit, recordNewOwners);
  const observation = createVerdictObservation({ store: verdicts, reports, now: () => clock.now() });
  const state = createReadingState(database, randomUUID());
  const { masterOf, masters } = orderedJobs;
  const pauseMs = config.backgroundReadMs;
  const recordParts: TargetRecordParts = {
    ...{ summaries, state, orderedJobs, targetDetails, verdicts, now },
    submissions: createTargetSubmissions(database),
    plannedRuns: createPlannedRuns(database),
    zone: config.timeZone,
    isReadingOn: pauseMs > 0,
  };
  const readingParts = { summaries, unobserved, state, directory, reports, masters, observation, pauseMs, logger, now };
  return {
    ...{ targetDetails, verdicts, observation },
    partners: createComparisonPartners({ directory, reports, summaries, masterOf }),
    ...{ submissions: recordParts.submissions, plannedRuns: recordParts.plannedRuns },
    targetRecords: createTargetRecords(recordParts),
    jobRecords: createJobRecords({ ...recordParts, orderedJobs, openSubmissions: outbox.openCounts }),
    noteJobs: async (jobs: readonly Job[]): Promise<void> => {
      const at = now();
      // The next reading of the list makes up for a failure.
      await summaries.noteListed(jobs, at, at).catch((error) => logger.warn(errorDetails(error), "jobs not kept"));
    },
    readOverview: createOverview(recordParts),
    readMonth: createMonthlyReport(recordParts, config.budgetPerDay),
    reading: createBackgroundReading(readingParts),
  };
}
