/** The search parameters of the calendar; without a month, the current one. */
export interface CalendarSearch {
  readonly month?: string;
}

export function readCalendarSearch({ month }: Record<string, unknown>): CalendarSearch {
  return typeof month === "string" && /^20\d{2}-(?:0[1-9]|1[0-2])$/.test(month) ? { month } : {};
}
