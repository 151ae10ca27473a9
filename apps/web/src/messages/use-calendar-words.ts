import { calendarWords } from "./calendar-words.ts";
import type { CalendarWords } from "./en/calendar.ts";
import { useFormats } from "./messages-context.tsx";

/** What the calendar of scans says, in the chosen language. */
export function useCalendarWords(): CalendarWords {
  return calendarWords[useFormats().language];
}
