import type { Language } from "@wsc-dashboard/wsc-core";
import { type CalendarWords, calendar as en } from "./en/calendar.ts";
import { calendar as ja } from "./ja/calendar.ts";
import { calendar as ko } from "./ko/calendar.ts";

/** Not part of the catalogues: these come with the calendar and the planning of scans. */
export const calendarWords: Readonly<Record<Language, CalendarWords>> = { en, ja, ko };
