/**
 * What each page asks the API for first. The page's document asks for it before any code of the app has arrived
 * (early-requests.js), and the app takes the answers (src/api/early-answers.ts).
 */
import {
  existingJobEndpoints,
  overviewEndpoints,
  pagePaths,
  reportEndpoints,
  requestPath,
  sessionEndpoints,
  submissionEndpoints,
  targetEndpoints,
} from "@wsc-dashboard/wsc-core";
import { jobListInput } from "./src/api/job-queries.ts";
import { pendingSubmissionsInput } from "./src/api/submission-queries.ts";
import { jobListView } from "./src/features/jobs/job-list-search.ts";
import { listArguments } from "./src/features/jobs/use-job-list.ts";

/** For every page but the one after a logout. */
export const earlySession = requestPath(sessionEndpoints.get, {});

/**
 * By path of the page; parameters stand in both as `$name`. Requests with a query are made only for an address without
 * one, which could change them.
 */
export const earlyRequests: Readonly<Record<string, readonly string[]>> = {
  [pagePaths.overview]: [overviewEndpoints.get.path],
  [pagePaths.jobs]: [
    requestPath(existingJobEndpoints.list, jobListInput(listArguments(jobListView({})))),
    requestPath(submissionEndpoints.list, pendingSubmissionsInput(1)),
    reportEndpoints.closing.path,
  ],
  [pagePaths.report]: [reportEndpoints.get.path.replace(":", "$")],
  [pagePaths.targets]: [targetEndpoints.list.path],
};
export const pageWithoutSession: string = pagePaths.signedOut;
