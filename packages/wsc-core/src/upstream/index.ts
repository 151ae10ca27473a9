/** The wire half: requests to and responses of the vendor's gateway. Servers only: exported under the condition `node` alone. */
export { type DecodedAnswer, decodeEnvelope } from "./envelope.ts";
export type { ShownPage } from "./judge-pages.ts";
export { observePage, observeReport } from "./observe-answers.ts";
export {
  type CreateJobSettings,
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
} from "./operations.ts";
export { readCreatedHint } from "./read-created.ts";
export {
  type PageOrder,
  pageCountOf,
  type ReadingContext,
  type ReadPage,
  type ReadRecord,
  readJobPage,
} from "./read-jobs.ts";
export { type ReportReadingContext, readReport, unlistedJob, withJobOfReport } from "./read-report.ts";
export { judgeCalls, type ReadCalls, readCalls, unknownStatusWords } from "./recording/judge-calls.ts";
export { type MaskOptions, maskCalls } from "./recording/mask-answers.ts";
export type { WordDigest } from "./recording/mask-text.ts";
export { maxCalls, type RecordedCall, type Recording, readRecording } from "./recording/recording.ts";
export { readVendorDate, readVendorPeriod } from "./vendor-date.ts";
export { isWireObject, readText } from "./wire-values.ts";

/** Marker that must not occur in a browser asset; a test searches every asset for it. */
export const upstreamCanary = "wsc-core-wire-half-3c9e51aa";
