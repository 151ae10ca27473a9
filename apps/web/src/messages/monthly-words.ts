import type { Language } from "@wsc-dashboard/wsc-core";
import { monthly as en, type MonthlyWords } from "./en/monthly.ts";
import { monthly as ja } from "./ja/monthly.ts";
import { monthly as ko } from "./ko/monthly.ts";

/** Not part of the catalogues: these come with the pages that show them. */
export const monthlyWords: Readonly<Record<Language, MonthlyWords>> = { en, ja, ko };
