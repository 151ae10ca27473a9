import type { Language } from "@wsc-dashboard/wsc-core";
import { targetDetails as en, type TargetDetailWords } from "./en/target-details.ts";
import { targetDetails as ja } from "./ja/target-details.ts";
import { targetDetails as ko } from "./ko/target-details.ts";

/** Not part of the catalogues: these come with the pages of targets. */
export const targetDetailWords: Readonly<Record<Language, TargetDetailWords>> = { en, ja, ko };
