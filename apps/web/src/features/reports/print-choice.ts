import type { languages } from "../../messages/language.ts";

export const printedEvidence = ["short", "full", "none"] as const;

/** Up to here all findings are shown in full, one after the other; above it they are a list with details on demand. */
export const maxInFull = 50;

/** In full on paper, this is more than a thousand pages; beyond it a finding is one line. */
export const maxPrintedInFull = 2000;

/** The choice of what is printed. */
export interface PrintChoice {
  readonly language: (typeof languages)[number];
  /** A line for the top of every page, such as how confidential it is. */
  readonly label: string;
  /** "short": the lines that are shown unfolded on screen. */
  readonly evidence: (typeof printedEvidence)[number];
  /** Whether checks without a finding are named. */
  readonly clearItems: boolean;
}

export const maxLabelLength = 80;
