import { instantOfWallTime, wallTimeAt } from "./wall-time.ts";

/** The vendor counts the year on Korean calendars. */
const zone = "Asia/Seoul";

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
