/** Weekdays in ISO 8601 order. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** Last day that exists in every month. */
export const lastCommonDay = 28;

/** When a schedule runs: daily; on some weekdays; or monthly, on the n-th weekday or on day n. */
export interface ScheduleRule {
  readonly every: "day" | "week" | "month";
  readonly weekdays?: readonly Weekday[] | undefined;
  readonly nth?: number | undefined;
  /** Wall time "HH:MM" in `zone`. */
  readonly localTime: string;
  /** IANA name. */
  readonly zone: string;
}

/** End of a day as wall time (ISO 8601-1:2019); valid only as the end of a range. */
export const endOfDay = "24:00";

/**
 * Hours without sending: wall times "HH:MM" on some weekdays; if `to` is before `from`, they run past midnight. "00:00" to
 * "24:00" is the whole day.
 */
export interface Blackout {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** Whether a blackout closes its days from midnight to midnight. */
export function isWholeDay({ from, to }: Pick<Blackout, "from" | "to">): boolean {
  return from === "00:00" && to === endOfDay;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const dayBefore = (day: Weekday): Weekday => weekdays[(weekdays.indexOf(day) + 6) % 7] ?? day;

/** Returns whether a wall time is in one of the blackouts; `from` is inclusive, `to` exclusive. */
export function isBlackedOut(day: Weekday, time: string, blackouts: readonly Blackout[]): boolean {
  const now = minutesOf(time);
  return blackouts.some(({ days, from, to }) => {
    const [start, end] = [minutesOf(from), minutesOf(to)];
    if (start < end) return days.includes(day) && now >= start && now < end;
    return (days.includes(day) && now >= start) || (days.includes(dayBefore(day)) && now < end);
  });
}
