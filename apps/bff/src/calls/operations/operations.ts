import { channelOperations } from "./channel-operations.ts";
import { jobOperations } from "./job-operations.ts";
import type { OperationTexts } from "./operation-text.ts";
import { orderOperations } from "./order-operations.ts";
import { reportOperations } from "./report-operations.ts";
import { serviceOperations } from "./service-operations.ts";
import { verdictOperations } from "./verdict-operations.ts";
import { viewOperations } from "./view-operations.ts";

/** Summary and examples of every operation. */
export const operations: OperationTexts = {
  ...channelOperations,
  ...jobOperations,
  ...orderOperations,
  ...reportOperations,
  ...verdictOperations,
  ...viewOperations,
  ...serviceOperations,
};

/** Descriptions of the operation groups. */
export const nounTexts: Readonly<Record<keyof OperationTexts, string>> = {
  session: "Who asks.",
  jobs: "Scans of the account.",
  jobRecords: "Scans as they were read in the background, to be sorted and counted.",
  reports: "What a finished job found, for one year.",
  compare: "Two reports of one target.",
  schedules: "Jobs that are requested again and again.",
  plans: "Scans of several targets, spread over days.",
  submissions: "Requested jobs until the vendor's list shows them.",
  overview: "Figures of all targets.",
  targets: "Hosts that are scanned.",
  verdicts: "What people decided about findings.",
  issueTemplate: "Where people open issues about findings.",
  views: "Saved filters of lists.",
  audit: "Who did what.",
  status: "State of the dashboard.",
  gateway: "What is known of the vendor's gateway.",
  drafts: "The unfinished form of a person.",
  tokens: "Credentials of programs.",
  channels: "Where notifications go.",
  ownChannel: "What a person is told by mail.",
  deliveries: "Messages that were sent through channels, and what came of them.",
  openApi: "The contract.",
  demo: "The demo site beside the emulator.",
  events: "Changes as they happen.",
};
