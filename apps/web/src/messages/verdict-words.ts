import type { Language } from "@wsc-dashboard/wsc-core";
import { verdicts as en, type VerdictWords } from "./en/verdicts.ts";
import { verdicts as ja } from "./ja/verdicts.ts";
import { verdicts as ko } from "./ko/verdicts.ts";
import { useFormats } from "./messages-context.tsx";

const verdictWords: Readonly<Record<Language, VerdictWords>> = { en, ja, ko };

/** The texts about verdicts in the chosen language. Not part of the catalogues: they come with the pages that show them. */
export function useVerdictWords(): VerdictWords {
  return verdictWords[useFormats().language];
}
