import type { languages } from "../../messages/language.ts";

export const printedEvidence = ["short", "full", "none"] as const;

/** What somebody wants on paper. */
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
