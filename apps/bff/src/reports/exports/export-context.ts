import type { FindingSelection, Language } from "@wsc-dashboard/wsc-core";

/** What an export depends on besides the report. */
export interface ExportContext {
  readonly language: Language;
  /** IANA zone of written times. */
  readonly zone: string;
  /** Of this dashboard. */
  readonly version: string;
  /** Which findings the file holds; absent when it holds all of the report. */
  readonly selection?: FindingSelection | undefined;
}
