import type { MonthlyWords } from "./en/monthly.ts";
import { useFormats } from "./messages-context.tsx";
import { monthlyWords } from "./monthly-words.ts";

/** What the report of a month says, in the chosen language. */
export function useMonthlyWords(): MonthlyWords {
  return monthlyWords[useFormats().language];
}
