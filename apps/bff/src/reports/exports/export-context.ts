import type { Finding, FindingChanges, FindingSelection, Language } from "@wsc-dashboard/wsc-core";
import type { ExportedVerdicts } from "./exported-verdicts.ts";

/** The inputs of an export besides the report. */
export interface ExportContext {
  readonly language: Language;
  /** IANA time zone of the times in the file. */
  readonly zone: string;
  /** Version of this dashboard. */
  readonly version: string;
  /** The findings in the file; absent when it contains all. */
  readonly selection?: FindingSelection | undefined;
  /** All findings of the report; absent when the file contains them. */
  readonly allFindings?: readonly Finding[] | undefined;
  /** Verdicts on the findings; absent when there are none. */
  readonly verdicts?: ExportedVerdicts | undefined;
  /** The previous run, and how each finding has changed since; absent when there is no partner. */
  readonly baseline?: { readonly instanceNo: string; readonly changes: FindingChanges } | undefined;
}
