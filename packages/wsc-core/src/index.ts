export { type BffApi, bffApi } from "./api/bff-api.ts";
export { ApiError, type CallOptions, type Client, createClient, type Transport } from "./api/create-client.ts";
export {
  type Contract,
  type Endpoint,
  type Handlers,
  type Input,
  instanceNoSchema,
  type Output,
  type Role,
  roles,
} from "./api/endpoint.ts";
export {
  consentTextVersions,
  itemCatalogue,
  type Job,
  type JobList,
  type JobRequest,
  type JobRequestInput,
  jobListQuerySchema,
  jobRequestSchema,
  limits,
  speeds,
  startUrlSchema,
  userAgents,
} from "./api/jobs.ts";
export type { Finding, Report, RiskCounts } from "./api/reports.ts";
export {
  blackoutsSchema,
  type Schedule,
  type ScheduleRequest,
  type ScheduleRequestInput,
  scheduleRequestSchema,
  scheduleRuleSchema,
} from "./api/schedules.ts";
export { type AuthMode, authModes, environments, type Session } from "./api/session.ts";
export { isSettled, type Submission, type SubmissionState, submissionStates } from "./api/submissions.ts";
export { type Capabilities, capabilitiesOf } from "./domain/capabilities.ts";
export { findingFingerprint, findingNumber } from "./domain/finding.ts";
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
export { comesTwice, localTimeOf, readLocalTime, readReservation } from "./domain/local-time.ts";
export { appendMemoToken, createMemoToken, memoTokenOf, stripMemoToken } from "./domain/memo-token.ts";
export { isReportExpired, reportExpiresAt } from "./domain/report-validity.ts";
export { isRescanOpen, rescanClosesAt, rescanLimit, rescanWindowDays } from "./domain/rescan.ts";
export { type Blackout, isBlackedOut, type ScheduleRule, type Weekday, weekdays } from "./domain/schedule-rule.ts";
export { readSeverity, type Severity, severities } from "./domain/severity.ts";
export { hostMatchesPattern, isWebUrl, targetHostOf } from "./domain/target.ts";
export { instantOfWallTime, isRealWallTime, isTimeZone, type WallTime, wallTimeAt } from "./domain/wall-time.ts";
export {
  type ErrorCode,
  type ErrorEntry,
  errorCatalogue,
  errorEntry,
  isErrorCode,
  vendorOriginOf,
} from "./errors/catalogue.ts";
export {
  type FieldError,
  type Problem,
  problemSchema,
  type SignIn,
  toProblem,
  WscError,
  type WscErrorDetails,
} from "./errors/problem.ts";
export { type DecodedAnswer, decodeEnvelope } from "./upstream/envelope.ts";
export {
  cancelJobRequest,
  createJobBody,
  createJobRequest,
  getJobsRequest,
  getReportRequest,
  type PageArguments,
  type SearchArguments,
  searchJobsRequest,
  stopJobRequest,
  type UpstreamOperation,
  upstreamOperations,
  upstreamOrigins,
  type WireRequest,
} from "./upstream/operations.ts";
export { readCreatedInstanceNo } from "./upstream/read-created.ts";
export { type ReadingContext, type ReadPage, type ReadRecord, readJobPage } from "./upstream/read-jobs.ts";
export { type ReportReadingContext, readReport } from "./upstream/read-report.ts";
export { redacted } from "./upstream/redact-sign-in.ts";
export { readVendorDate, readVendorPeriod } from "./upstream/vendor-date.ts";
