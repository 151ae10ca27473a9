import * as z from "zod/mini";
import { reportSchema } from "../domain/report.ts";

/** Counts up when a reader of exported JSON would have to change. */
export const reportDocumentVersion = 1;

/** The JSON export: a report and the version of its form. */
export const reportDocumentSchema = z.extend(reportSchema, { schemaVersion: z.literal(reportDocumentVersion) });
export type ReportDocument = z.output<typeof reportDocumentSchema>;

/** The form of the JSON export as JSON Schema 2020-12, for its readers. */
export function reportDocumentJsonSchema(): object {
  return { title: "Report of Web Security Checker, exported", ...z.toJSONSchema(reportDocumentSchema) };
}
