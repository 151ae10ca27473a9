import type { languages } from "../../messages/language.ts";

export const printedEvidence = ["short", "full", "none"] as const;

/** Up to this many findings are shown in full, one after the other; more are a list with details on demand. */
export const maxInFull = 50;

/** Printed in full, this is more than a thousand pages; with more findings each is one line. */
export const maxPrintedInFull = 2000;

/** The options of a print. */
export interface PrintChoice {
  readonly language: (typeof languages)[number];
  /** A line at the top of every page, such as the confidentiality level. */
  readonly label: string;
  /** "short": the lines that are shown unfolded on screen. */
  readonly evidence: (typeof printedEvidence)[number];
  /** Whether checks without a finding are listed. */
  readonly clearItems: boolean;
}

export const maxLabelLength = 80;
