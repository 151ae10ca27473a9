import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import { createAuditLog } from "../audit/audit-log.ts";
import type { CallContext } from "../calls/call-context.ts";
import { auditHandlers } from "../handlers/audit.ts";
import { channelHandlers, deliveryHandlers, ownChannelHandlers } from "../handlers/channels.ts";
import { compareHandlers } from "../handlers/compare.ts";
import { demoHandlers } from "../handlers/demo.ts";
import { draftHandlers } from "../handlers/drafts.ts";
import { eventHandlers } from "../handlers/events.ts";
import { gatewayHandlers } from "../handlers/gateway.ts";
import { issueTemplateHandlers } from "../handlers/issue-template.ts";
import { jobRecordHandlers } from "../handlers/job-records.ts";
import { createJobSettings } from "../handlers/job-settings.ts";
import { jobHandlers } from "../handlers/jobs.ts";
import { openApiHandlers } from "../handlers/open-api.ts";
import { overviewHandlers } from "../handlers/overview.ts";
import { planHandlers } from "../handlers/plans.ts";
import { reportHandlers } from "../handlers/reports.ts";
import { scheduleHandlers } from "../handlers/schedules.ts";
import { sessionHandlers } from "../handlers/sessions.ts";
import { statusHandlers } from "../handlers/status.ts";
import { submissionHandlers } from "../handlers/submissions.ts";
import { targetHandlers } from "../handlers/targets.ts";
import { tokenHandlers } from "../handlers/tokens.ts";
import { verdictHandlers } from "../handlers/verdicts.ts";
import { viewHandlers } from "../handlers/views.ts";
import type { Identity } from "../identity/identity.ts";
import { createClosingReports } from "../reports/closing-reports.ts";
import { createExportLog } from "../reports/export-log.ts";
import { createCountOnDays } from "../schedules/count-on-days.ts";
import { createIssueTemplateStore } from "../verdicts/issue-template-store.ts";
import { createViewStore } from "../views/view-store.ts";
import type { AppParts } from "./app-parts.ts";
import type { Counting } from "./counting.ts";
import type { Notifying } from "./notifying.ts";
import type { Ordering } from "./ordering.ts";
import type { Records } from "./records.ts";
import type { UpstreamAccess } from "./upstream-access.ts";

export interface ApiParts {
  readonly parts: AppParts;
  readonly access: UpstreamAccess;
  readonly records: Records;
  readonly ordering: Ordering;
  readonly counting: Counting;
  readonly notifying: Notifying;
  readonly identity: Identity;
}

/** Creates the handlers of all API calls. */
export function createApiHandlers({
  parts,
  access,
  records,
  ordering,
  counting,
  notifying,
  identity,
}: ApiParts): Handlers<BffApi, CallContext> {
  const { config, database, version, now } = parts;
  const { clock, directory, reports } = access;
  const { orderedJobs, rules, schedules } = ordering;
  const { partners, targetRecords, jobRecords, noteJobs, readOverview } = counting;
  const gatewayNow = () => clock.now();
  const channelParts = {
    ...notifying,
    ...{ isReadingOn: config.backgroundReadMs > 0, onWork: notifying.sender.wake, now: gatewayNow },
  };
  const { plannedRuns, submissions } = counting;
  const planned = { plannedRuns, submissions, outbox: ordering.outbox };
  const budget = { perDay: config.budgetPerDay, timeZone: config.timeZone };
  const settings = createJobSettings({ orderedJobs, directory, reports });
  return {
    session: sessionHandlers(config, identity.signIn, version, records.extensions),
    jobs: jobHandlers({
      ...access,
      ...ordering,
      journal: records.journal,
      ...{ settings, noteJobs },
      upstreamOrigin: config.upstream.origin,
      now: gatewayNow,
    }),
    jobRecords: jobRecordHandlers(jobRecords, config.timeZone, gatewayNow),
    reports: reportHandlers({
      ...{ reports, partners, version },
      closing: createClosingReports(directory, now),
      logExport: createExportLog(database, records.audit),
      readVerdicts: counting.observation.verdictsOf,
      zone: config.timeZone,
      now: gatewayNow,
    }),
    compare: compareHandlers({ reports, partners, orderedJobs }),
    schedules: scheduleHandlers({
      ...{ schedules, rules, budget, now: gatewayNow },
      countOnDays: createCountOnDays({ ...planned, budget }),
    }),
    plans: planHandlers({
      ...planned,
      records: targetRecords,
      budgets: { ...budget, perUserHour: config.budgetPerUserHour },
      now: gatewayNow,
    }),
    drafts: draftHandlers(records.drafts, now),
    submissions: submissionHandlers({ ...ordering, directory, settings, now: gatewayNow }),
    audit: auditHandlers(createAuditLog(database), records.chainCheck, gatewayNow, config.timeZone),
    status: statusHandlers({
      ...{ config, version, clock, directory, now },
      ...{
        watch: access.watch,
        breakers: access.client.breakers,
        database: access.databaseStatus,
        accessKeyEnd: access.keys.accessKeyEnd,
      },
      ...{ outbox: ordering.outbox, dispatcher: ordering.dispatcher },
    }),
    gateway: gatewayHandlers({
      ...config.upstream,
      ...{ timeZone: config.timeZone, sign: access.keys.sign, clock, version, now },
      register: access.facts,
    }),
    openApi: openApiHandlers(config, version),
    demo: demoHandlers({ origin: config.demoSite, rules, intake: ordering.intake }),
    events: eventHandlers(records.changes),
    tokens: tokenHandlers(records.tokens, now),
    verdicts: verdictHandlers({
      ...{ store: counting.verdicts, observation: counting.observation, reports },
      zone: config.timeZone,
      now: gatewayNow,
    }),
    issueTemplate: issueTemplateHandlers(createIssueTemplateStore(database, records.audit), gatewayNow),
    views: viewHandlers(createViewStore(database, records.audit), gatewayNow),
    channels: channelHandlers(channelParts),
    deliveries: deliveryHandlers(channelParts),
    ownChannel: ownChannelHandlers(channelParts),
    targets: targetHandlers({
      ...ordering,
      ...{ records: targetRecords, details: counting.targetDetails, zone: config.timeZone, now, gatewayNow },
    }),
    overview: overviewHandlers(readOverview, counting.readMonth, ordering.outbox, gatewayNow),
  };
}
