import { createHash } from "node:crypto";
import { type Report, type UndigestedReport, undigestedReportSchema } from "@wsc-dashboard/wsc-core";

/** The validated report with the digest of its content: who has the same value has read the same. See `reportSchema`. */
export function withDigest(read: UndigestedReport): Report {
  // Only now do its fields stand in the order in which they are sent.
  const report = undigestedReportSchema.parse(read);
  const { job: _job, expiresAt: _expiresAt, asOf: _asOf, ...content } = report;
  return { ...report, sha256: createHash("sha256").update(JSON.stringify(content)).digest("hex") };
}
