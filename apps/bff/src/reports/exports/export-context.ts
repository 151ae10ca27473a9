import type { FindingChanges, FindingSelection, Language } from "@wsc-dashboard/wsc-core";
import type { ExportedVerdicts } from "./exported-verdicts.ts";

/** What an export depends on besides the report. */
export interface ExportContext {
  readonly language: Language;
  /** IANA zone of written times. */
  readonly zone: string;
  /** Of this dashboard. */
  readonly version: string;
  /** Which findings the file holds; absent when it holds all of the report. */
  readonly selection?: FindingSelection | undefined;
  /** What was decided about the findings; absent: nothing. */
  readonly verdicts?: ExportedVerdicts | undefined;
  /** The run before, and what became of each finding since; absent when there is none to compare with. */
  readonly baseline?: { readonly instanceNo: string; readonly changes: FindingChanges } | undefined;
}
