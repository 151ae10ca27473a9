import * as z from "zod/mini";
import { findingChanges } from "../domain/finding-filter.ts";
import { reportSchema } from "../domain/report.ts";
import { severities } from "../domain/severity.ts";

/** Counts up when a reader of exported JSON would have to change. */
export const reportDocumentVersion = 1;

/** Which findings of a report a file holds, when it does not hold all of them. */
export const findingSelectionSchema = z.object({
  /** Findings in the file. */
  shown: z.int(),
  /** Findings in the report. The digest and the vendor's counts are those of the whole report. */
  total: z.int(),
  /** What was asked of the findings; a criterion that was not set is absent. */
  filter: z.object({
    severities: z.optional(z.array(z.enum(severities))),
    item: z.optional(z.string()),
    domain: z.optional(z.string()),
    path: z.optional(z.string()),
    change: z.optional(z.enum(findingChanges)),
    text: z.optional(z.string()),
    numbers: z.optional(z.array(z.string())),
  }),
});
export type FindingSelection = z.output<typeof findingSelectionSchema>;

/** The JSON export: a report and the version of its form. */
export const reportDocumentSchema = z.extend(reportSchema, {
  schemaVersion: z.literal(reportDocumentVersion),
  /** Absent when every finding is in the file. */
  selection: z.optional(findingSelectionSchema),
});
export type ReportDocument = z.output<typeof reportDocumentSchema>;

/** The form of the JSON export as JSON Schema 2020-12, for its readers. */
export function reportDocumentJsonSchema(): object {
  return { title: "Report of Web Security Checker, exported", ...z.toJSONSchema(reportDocumentSchema) };
}
