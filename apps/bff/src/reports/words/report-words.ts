import type { Language } from "@wsc-dashboard/wsc-core";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";
import type { ReportWords } from "./vocabulary.ts";

export type { ReportWords };

const words: Readonly<Record<Language, ReportWords>> = { en, ko, ja };

/** The report texts in a language. */
export function reportWords(language: Language): ReportWords {
  return words[language];
}
