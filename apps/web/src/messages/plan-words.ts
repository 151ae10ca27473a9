import type { Language } from "@wsc-dashboard/wsc-core";
import { plans as en, type PlanWords } from "./en/plans.ts";
import { plans as ja } from "./ja/plans.ts";
import { plans as ko } from "./ko/plans.ts";

/** Not part of the catalogues: these come with the pages that plan scans. */
export const planWords: Readonly<Record<Language, PlanWords>> = { en, ja, ko };
