import type { TargetDetailWords } from "./en/target-details.ts";
import { useFormats } from "./messages-context.tsx";
import { targetDetailWords } from "./target-detail-words.ts";

/** What the pages of targets say about whose they are, in the chosen language. */
export function useTargetDetailWords(): TargetDetailWords {
  return targetDetailWords[useFormats().language];
}
