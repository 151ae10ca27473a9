import { instantOfWallTime, wallTimeAt } from "./wall-time.ts";

/** The vendor counts the year on Korean calendars. */
const zone = "Asia/Seoul";
const dayMs = 86_400_000;

/**
 * Returns when a report expires: one calendar year after the job's end in Asia/Seoul, at the same time of day, 29 February
 * becoming 28 February. At that instant it is already expired (error 160701 of the vendor's table).
 */
export function reportExpiresAt(endedAt: Date): Date {
  const end = wallTimeAt(endedAt, zone);
  const leapDay = end.month === 2 && end.day === 29;
  return instantOfWallTime({ ...end, year: end.year + 1, day: leapDay ? 28 : end.day }, zone);
}

/** Returns whether the report of a job that ended at `endedAt` is expired at `now`. */
export function isReportExpired(endedAt: Date, now: Date): boolean {
  return now.getTime() >= reportExpiresAt(endedAt).getTime();
}

/** Returns the whole days until `expiresAt`; `null` once the report is expired. */
export function reportDaysLeft(expiresAt: Date, now: Date): number | null {
  const left = expiresAt.getTime() - now.getTime();
  return left <= 0 ? null : Math.floor(left / dayMs);
}

/** Returns whether to remind people to save the report: in its last 30 days, and again in its last 7. */
export function reportReminder(expiresAt: Date, now: Date): "month" | "week" | null {
  const days = reportDaysLeft(expiresAt, now);
  if (days === null || days > 30) return null;
  return days > 7 ? "month" : "week";
}
