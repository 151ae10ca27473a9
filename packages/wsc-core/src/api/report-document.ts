import * as z from "zod/mini";
import { findingChanges } from "../domain/finding-change.ts";
import { reportSchema } from "../domain/report.ts";
import { severities } from "../domain/severity.ts";
import { verdictCauses } from "../domain/verdict.ts";
import { verdicts } from "../domain/verdict-states.ts";

/** Incremented when readers of exported JSON must change. */
export const reportDocumentVersion = 1;

/** Which findings of a report a file holds, if not all. */
export const findingSelectionSchema = z.object({
  /** Findings in the file. */
  shown: z.int(),
  /** Findings in the report. The digest and the vendor's counts are those of the whole report. */
  total: z.int(),
  /** The filter; criteria that are not set are omitted. */
  filter: z.object({
    severities: z.optional(z.array(z.enum(severities))),
    item: z.optional(z.string()),
    domain: z.optional(z.string()),
    path: z.optional(z.string()),
    change: z.optional(z.enum(findingChanges)),
    verdict: z.optional(z.enum(verdicts)),
    decided: z.optional(z.literal("without")),
    text: z.optional(z.string()),
    numbers: z.optional(z.array(z.string())),
  }),
});
export type FindingSelection = z.output<typeof findingSelectionSchema>;

/** A decision about a finding in an export. Texts of people. */
const exportedVerdictSchema = z.object({
  state: z.enum(verdicts),
  cause: z.nullable(z.enum(verdictCauses)),
  reason: z.nullable(z.string()),
  owner: z.nullable(z.string()),
  due: z.nullable(z.string()),
  until: z.nullable(z.string()),
  issueUrl: z.nullable(z.string()),
  decidedBy: z.string(),
  decidedAt: z.string(),
});

/** The JSON export: a report with the version of its format. */
export const reportDocumentSchema = z.extend(reportSchema, {
  schemaVersion: z.literal(reportDocumentVersion),
  /** Not set if the file holds every finding. */
  selection: z.optional(findingSelectionSchema),
  /** By fingerprint. A finding without an entry has no decision: it is open. Not part of the digest. */
  verdicts: z.optional(z.record(z.string(), exportedVerdictSchema)),
});
export type ReportDocument = z.output<typeof reportDocumentSchema>;

/** The form of the JSON export as JSON Schema 2020-12, for its readers. */
export function reportDocumentJsonSchema(): object {
  return { title: "Report of Web Security Checker, exported", ...z.toJSONSchema(reportDocumentSchema) };
}
