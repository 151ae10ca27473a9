import { createHash } from "node:crypto";
import { type Report, type UndigestedReport, undigestedReportSchema } from "@wsc-dashboard/wsc-core";

/** No UTF-8 file holds half a character, so none of them gets into a report. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name.toWellFormed(), wellFormed(part)]));
}

/** The validated report with the digest of its content: who has the same value has read the same. See `reportSchema`. */
export function withDigest(read: UndigestedReport): Report {
  // Only now do its fields stand in the order in which they are sent.
  const report = undigestedReportSchema.parse(wellFormed(read));
  const { job: _job, expiresAt: _expiresAt, asOf: _asOf, ...content } = report;
  return { ...report, sha256: createHash("sha256").update(JSON.stringify(content)).digest("hex") };
}
