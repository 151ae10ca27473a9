import type { Language } from "@wsc-dashboard/wsc-core";

/** What an export depends on besides the report. */
export interface ExportContext {
  readonly language: Language;
  /** IANA zone of written times. */
  readonly zone: string;
  /** Of this dashboard. */
  readonly version: string;
}
