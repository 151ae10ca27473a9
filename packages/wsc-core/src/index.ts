export {
  type AuditChainStatus,
  type AuditEntry,
  type AuditExportFormat,
  type AuditFilter,
  type AuditQuery,
  auditEndpoints,
  auditExportFormats,
  auditExportLimit,
} from "./api/audit.ts";
export { type AuditAction, auditActions } from "./api/audit-actions.ts";
export { type AuditResult, auditResults } from "./api/audit-results.ts";
export { auditActionOf, auditRuleOf } from "./api/audit-rule.ts";
export { type BffApi, bffApi } from "./api/bff-api.ts";
export {
  type Channel,
  type ChannelChange,
  type ChannelKind,
  type ChannelRequest,
  channelChangeSchema,
  channelEndpoints,
  channelKinds,
  channelRequestSchema,
  type Delivery,
  type DeliveryAttempt,
  type DeliveryKind,
  type DeliveryOutcome,
  type DeliveryState,
  deliveryEndpoints,
  deliveryOutcomes,
  type PauseReason,
} from "./api/channels.ts";
export { compareEndpoints } from "./api/compare.ts";
export type { Consent } from "./api/consent.ts";
export {
  ApiError,
  type CallOptions,
  type Client,
  createClient,
  requestPath,
  type Transport,
} from "./api/create-client.ts";
export { demoEndpoints } from "./api/demo.ts";
export { type Draft, draftDays, draftEndpoints, draftSchema, signInOutline, storableDraft } from "./api/drafts.ts";
export {
  type Contract,
  type Endpoint,
  type EventFollower,
  type EventStream,
  type FileAnswer,
  fileSchema,
  type Handlers,
  type Input,
  type Output,
  type Role,
  roles,
  type TokenScope,
  type WireInput,
  type WireOutput,
} from "./api/endpoint.ts";
export {
  type Change,
  type ChangeEvent,
  type ChangingNoun,
  changeEventSchema,
  changingNouns,
  eventEndpoints,
  maxChangedIds,
} from "./api/events.ts";
export { existingJobEndpoints, type JobList, jobListQuerySchema, jobListSchema } from "./api/existing-jobs.ts";
export { type FindingQuery, maxPickedFindings, readFindingQuery } from "./api/finding-query.ts";
export { type GatewayFacts, type GatewayProbe, gatewayEndpoints } from "./api/gateway.ts";
export { issueTemplateEndpoints } from "./api/issue-template.ts";
export {
  type JobCounts,
  type JobOrder,
  type JobRecord,
  type JobRecordList,
  type JobRecordQuery,
  type JobSign,
  jobOrders,
  jobRecordEndpoints,
  jobSigns,
  type SignedJobOrder,
  signedJobOrders,
  type TabCounts,
} from "./api/job-records.ts";
export type { JobSettings, SettingsSource } from "./api/job-settings.ts";
export {
  itemCatalogue,
  type JobPreview,
  type JobPreviewRequest,
  type JobRequest,
  type JobRequestInput,
  jobPreviewRequestSchema,
  jobRequestSchema,
  newJobEndpoints,
  speeds,
  startUrlSchema,
  userAgents,
  whenSchema,
} from "./api/jobs.ts";
export { limits } from "./api/limits.ts";
export { openApiEndpoints } from "./api/open-api.ts";
export {
  type AttentionKind,
  attentionKinds,
  type MonthlyReport,
  type Overview,
  overviewEndpoints,
} from "./api/overview.ts";
export {
  type OwnChannel,
  type OwnChannelRequest,
  type OwnEvent,
  ownChannelEndpoints,
  ownEvents,
} from "./api/own-channel.ts";
export { isPagePath, pagePaths } from "./api/page-paths.ts";
export { type Page, pageOf } from "./api/paging.ts";
export { parseLongJson } from "./api/parse-long-json.ts";
export { type Permission, permissionsOf, rolesFor } from "./api/permissions.ts";
export type { PlannedScan } from "./api/planned-scan.ts";
export {
  type Capacity,
  type Plan,
  type PlanRepeat,
  type PlanRequest,
  planEndpoints,
  planRepeats,
  type ScanCalendar,
} from "./api/plans.ts";
export type { Reading } from "./api/reading.ts";
export {
  type FindingSelection,
  type ReportDocument,
  reportDocumentJsonSchema,
  reportDocumentSchema,
  reportDocumentVersion,
} from "./api/report-document.ts";
export { type ClosingReports, type ExportFormat, exportFormats, reportEndpoints } from "./api/reports.ts";
export {
  blackoutsSchema,
  type Schedule,
  type ScheduleRequest,
  type ScheduleRequestInput,
  scheduleEndpoints,
  scheduleRequestSchema,
  scheduleRuleSchema,
} from "./api/schedules.ts";
export { type AuthMode, authModes, environments, type Session, sessionEndpoints } from "./api/session.ts";
export { type FormSignIn, isSignInParameterName, type SignIn, signInSchema } from "./api/sign-in.ts";
export {
  type ConnectionStep,
  type ConnectionTest,
  clockLimits,
  connectionSteps,
  type Status,
  statusEndpoints,
} from "./api/status.ts";
export { submissionSettingsEndpoints } from "./api/submission-settings.ts";
export {
  attentionStates,
  type BudgetUse,
  budgetLevel,
  isSettled,
  type JobTab,
  jobTabs,
  type Submission,
  type SubmissionState,
  submissionEndpoints,
  submissionRank,
  submissionStates,
} from "./api/submissions.ts";
export {
  type ImportColumn,
  type ImportOutcome,
  importColumns,
  importOutcomes,
  type TargetDescription,
  type TargetDetails,
  type TargetImport,
  tagSchema,
  targetDescribeSchema,
  targetDescriptionSchema,
} from "./api/target-details.ts";
export { type TargetSign, targetSigns } from "./api/target-signs.ts";
export {
  excerptLength,
  shownTargetJobs,
  type Target,
  type TargetChange,
  type TargetDetail,
  type TargetJob,
  type TargetList,
  type TrendPoint,
  targetEndpoints,
} from "./api/targets.ts";
export { type Token, type TokenRequest, type TokenState, tokenEndpoints, tokenRequestSchema } from "./api/tokens.ts";
export {
  type Decision,
  decisionSchema,
  shownVerdictEvents,
  type VerdictChange,
  type VerdictHistoryEntry,
  type VerdictView,
  verdictChangeSchema,
  verdictEndpoints,
} from "./api/verdicts.ts";
export { type SavedView, type ViewList, viewEndpoints, viewLists, viewSearchSchema } from "./api/views.ts";
export { capabilitiesOf } from "./domain/capabilities.ts";
export { compareReports } from "./domain/compare-reports.ts";
export { type ComparedFinding, type ComparedRun, type Comparison, comparisonSchema } from "./domain/comparison.ts";
export {
  addFindingCounts,
  type ComparisonCounts,
  comparisonCountsOf,
  type FindingCounts,
} from "./domain/comparison-counts.ts";
export {
  type ComparableJob,
  type ComparableSettings,
  choosePartner,
  comparableSettingsOf,
  type IncomparableReason,
  type PartnerChoice,
} from "./domain/comparison-partner.ts";
export {
  type ConsentKind,
  consentText,
  consentTextVersions,
  currentConsentVersion,
} from "./domain/consent-texts.ts";
export { type Coverage, coverageOf } from "./domain/coverage.ts";
export { byteOrderMark, type CsvLine, type CsvTime, csvRow, readCsv, readCsvCell } from "./domain/csv.ts";
export { curlText } from "./domain/curl-text.ts";
export { createExclusionRule } from "./domain/exclusion-rule.ts";
export { describeEvidence, describeFact, describeFactValue, factTextsIn } from "./domain/fact-texts.ts";
export { type Finding, findingFingerprint, findingNumber } from "./domain/finding.ts";
export { type FindingChange, findingChanges } from "./domain/finding-change.ts";
export {
  type FindingChanges,
  type FindingCriterion,
  type FindingFilter,
  type FindingTest,
  findingChangesOf,
  findingFilter,
  findingPlace,
  findingTests,
  type VerdictFinder,
} from "./domain/finding-filter.ts";
export { placeOf } from "./domain/finding-place.ts";
export {
  type FactFinding,
  type FactName,
  type FactSource,
  type FactState,
  factNames,
  type GatewayFact,
  judgeCreatedId,
  judgeMemoKept,
  judgeStartZone,
  learnFact,
  learnListOrder,
  learnProbedFact,
  memoGap,
  memoRoom,
  unobserved,
} from "./domain/gateway-facts.ts";
export { type HandOverLine, type HandOverSetting, handOverOf } from "./domain/hand-over.ts";
export {
  fillIssueTemplate,
  type IssueValues,
  isIssueTemplate,
  issuePlaceholders,
} from "./domain/issue-template.ts";
export { adviceFinder, cweOf, ruleIdOf } from "./domain/item-class.ts";
export type { Capabilities, Job } from "./domain/job.ts";
export {
  isFinalPhase,
  isJobStatusCode,
  type JobPhase,
  type JobStatus,
  type JobStatusCode,
  jobPhases,
  jobStatusCodes,
  jobStatusTable,
  nextStatusCodes,
  readJobStatus,
} from "./domain/job-status.ts";
export { bracketed, type Language, languages } from "./domain/language.ts";
export { createListWalk, type KnownOrder, type WalkGap, type WalkStep } from "./domain/list-walk.ts";
export { createLiteralSearch, type LiteralSearch, replaceLiterals } from "./domain/literal-search.ts";
export { comesTwice, localTimeOf, nextLocalTime, readLocalTime, readReservation } from "./domain/local-time.ts";
export { codeBlock, codeSpan } from "./domain/markdown-code.ts";
export {
  compareMemo,
  createMemoToken,
  memoLengthOf,
  memoTokensIn,
  prependMemoToken,
  stripMemoToken,
} from "./domain/memo-token.ts";
export { addMonths, type Month, monthAt, monthStart } from "./domain/month.ts";
export {
  type ChannelRule,
  type ChannelTimes,
  concernsPerson,
  type Digest,
  digests,
  expiryReminderDays,
  isMailAddress,
  matchesChannelRule,
  type NamedFindings,
  type NotificationEvent,
  type NotificationFacts,
  notificationDueAt,
  notificationEvents,
  ownTargetEvents,
  personalEvents,
} from "./domain/notification.ts";
export { redacted } from "./domain/redacted.ts";
export { remembered } from "./domain/remembered.ts";
export {
  type Report,
  type RiskCounts,
  reportSchema,
  type UndigestedReport,
  undigestedReportSchema,
} from "./domain/report.ts";
export { isReportExpired, reportDaysLeft, reportExpiresAt, reportReminder } from "./domain/report-validity.ts";
export { isRescanOpen, rescanClosesAt, rescanLimit, rescanWindowDays } from "./domain/rescan.ts";
export { type RescanLedger, rescanDaysLeft, rescanLedgerOf } from "./domain/rescan-ledger.ts";
export { instanceNoSchema } from "./domain/scalars.ts";
export {
  type Blackout,
  endOfDay,
  isBlackedOut,
  isWholeDay,
  type ScheduleRule,
  type Weekday,
  weekdays,
} from "./domain/schedule-rule.ts";
export { readSeverity, type Severity, severities } from "./domain/severity.ts";
export {
  hostMatcher,
  hostMatchesPattern,
  isHostName,
  isTargetAllowed,
  isWebUrl,
  matchesHost,
  readTargetHost,
  readWebUrl,
  targetHostOf,
} from "./domain/target.ts";
export { readTargetView, type SignInOutcome, type SignInReason, type TargetView } from "./domain/target-view.ts";
export { textBeginning } from "./domain/text-beginning.ts";
export {
  type EffectiveVerdict,
  effectiveVerdict,
  findingIdentity,
  isOpenVerdict,
  type VerdictCause,
} from "./domain/verdict.ts";
export { type Verdict, verdicts } from "./domain/verdict-states.ts";
export { instantOfWallTime, isRealWallTime, isTimeZone, type WallTime, wallTimeAt } from "./domain/wall-time.ts";
export { callKinds } from "./errors/call-kind.ts";
export {
  type ErrorCode,
  type ErrorEntry,
  errorCatalogue,
  errorEntry,
  fieldOf,
  isErrorCode,
  vendorOriginOf,
} from "./errors/catalogue.ts";
export { type EnvelopeForm, isCertainRefusal, type RefusalFacts } from "./errors/certain-refusal.ts";
export {
  type FieldError,
  type Problem,
  problemSchema,
  type SessionSignIn,
  toProblem,
  WscError,
  type WscErrorDetails,
} from "./errors/problem.ts";
