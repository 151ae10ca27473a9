import { instantOfWallTime, wallTimeAt } from "./wall-time.ts";

/** The vendor counts the year on Korean calendars. */
const zone = "Asia/Seoul";
const dayMs = 86_400_000;

/**
 * The instant at which a report closes: one calendar year after the job's end in Asia/Seoul, 29 February becoming
 * 28 February, same time of day. At that instant the report is already closed (error 160701 of the vendor's table).
 */
export function reportExpiresAt(endedAt: Date): Date {
  const end = wallTimeAt(endedAt, zone);
  const leapDay = end.month === 2 && end.day === 29;
  return instantOfWallTime({ ...end, year: end.year + 1, day: leapDay ? 28 : end.day }, zone);
}

/** Whether a report whose job ended at `endedAt` is closed at `now`. */
export function isReportExpired(endedAt: Date, now: Date): boolean {
  return now.getTime() >= reportExpiresAt(endedAt).getTime();
}

/** Whole days for which a report that closes at `expiresAt` can still be read; `null` once it is closed. */
export function reportDaysLeft(expiresAt: Date, now: Date): number | null {
  const left = expiresAt.getTime() - now.getTime();
  return left <= 0 ? null : Math.floor(left / dayMs);
}

/** Whether people should be reminded to save the report: in its last 30 days, and again in its last 7. */
export function reportReminder(expiresAt: Date, now: Date): "month" | "week" | null {
  const days = reportDaysLeft(expiresAt, now);
  if (days === null || days > 30) return null;
  return days > 7 ? "month" : "week";
}
