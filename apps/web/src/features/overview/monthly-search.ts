/** The search parameters of the monthly report; without a month, the current one. */
export interface MonthlySearch {
  readonly month?: string;
}

export function readMonthlySearch({ month }: Record<string, unknown>): MonthlySearch {
  return typeof month === "string" && /^\d{4}-\d{2}$/.test(month) ? { month } : {};
}
