import { auditEndpoints } from "./audit.ts";
import { channelEndpoints, deliveryEndpoints } from "./channels.ts";
import { compareEndpoints } from "./compare.ts";
import { demoEndpoints } from "./demo.ts";
import { draftEndpoints } from "./drafts.ts";
import type { Contract } from "./endpoint.ts";
import { eventEndpoints } from "./events.ts";
import { gatewayEndpoints } from "./gateway.ts";
import { issueTemplateEndpoints } from "./issue-template.ts";
import { jobRecordEndpoints } from "./job-records.ts";
import { jobEndpoints } from "./jobs.ts";
import { openApiEndpoints } from "./open-api.ts";
import { overviewEndpoints } from "./overview.ts";
import { ownChannelEndpoints } from "./own-channel.ts";
import { planEndpoints } from "./plans.ts";
import { reportEndpoints } from "./reports.ts";
import { scheduleEndpoints } from "./schedules.ts";
import { sessionEndpoints } from "./session.ts";
import { statusEndpoints } from "./status.ts";
import { allSubmissionEndpoints } from "./submission-settings.ts";
import { targetEndpoints } from "./targets.ts";
import { tokenEndpoints } from "./tokens.ts";
import { verdictEndpoints } from "./verdicts.ts";
import { viewEndpoints } from "./views.ts";

/** Everything a browser may call. What is not here does not exist for it. */
export const bffApi = {
  session: sessionEndpoints,
  jobs: jobEndpoints,
  jobRecords: jobRecordEndpoints,
  reports: reportEndpoints,
  compare: compareEndpoints,
  schedules: scheduleEndpoints,
  plans: planEndpoints,
  submissions: allSubmissionEndpoints,
  overview: overviewEndpoints,
  targets: targetEndpoints,
  verdicts: verdictEndpoints,
  issueTemplate: issueTemplateEndpoints,
  views: viewEndpoints,
  audit: auditEndpoints,
  status: statusEndpoints,
  gateway: gatewayEndpoints,
  drafts: draftEndpoints,
  tokens: tokenEndpoints,
  channels: channelEndpoints,
  deliveries: deliveryEndpoints,
  ownChannel: ownChannelEndpoints,
  openApi: openApiEndpoints,
  demo: demoEndpoints,
  events: eventEndpoints,
} as const satisfies Contract;
export type BffApi = typeof bffApi;
