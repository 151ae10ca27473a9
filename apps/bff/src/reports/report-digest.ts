import { createHash } from "node:crypto";
import { type Report, type UndigestedReport, undigestedReportSchema } from "@wsc-dashboard/wsc-core";

/** Replaces lone surrogates, which UTF-8 cannot encode. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name.toWellFormed(), wellFormed(part)]));
}

/** Validates a report and adds the digest of its content: equal digests mean equal content. See `reportSchema`. */
export function withDigest(read: UndigestedReport): Report {
  // Parsing puts the fields in the order in which they are sent.
  const report = undigestedReportSchema.parse(wellFormed(read));
  const { job: _job, expiresAt: _expiresAt, asOf: _asOf, ...content } = report;
  return { ...report, sha256: createHash("sha256").update(JSON.stringify(content)).digest("hex") };
}
