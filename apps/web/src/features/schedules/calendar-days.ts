import { type Capacity, localTimeOf, type ScanCalendar, weekdays } from "@wsc-dashboard/wsc-core";

export interface CalendarScan {
  readonly kind: ScanCalendar["scans"][number]["kind"];
  readonly id: string;
  readonly host: string;
  readonly dueAt: string;
  /** Wall time of the reader: "02:00". */
  readonly time: string;
}

export interface CalendarDay {
  /** Date in the zone of the reader: "2026-12-05". */
  readonly day: string;
  /** 0 for Monday. */
  readonly weekday: number;
  /** In order of time. */
  readonly scans: readonly CalendarScan[];
  /** Jobs on this day of the shared limit; `null` if its days are not those of the reader, or there is no limit. */
  readonly planned: number | null;
  /** Of the days of the shared limit on which the scans take place, the fullest. */
  readonly level: "free" | "full" | "over";
}

const dateOf = (instant: string, zone: string): string => localTimeOf(new Date(instant), zone).localTime.slice(0, 10);

/** The days of a month, "2026-12". */
function datesOf(month: string): string[] {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`);
}

/** Returns how full a day of the shared limit is. */
function levelOf(planned: number, limit: Capacity["limit"]): CalendarDay["level"] {
  if (limit === null || planned < limit) return "free";
  return planned === limit ? "full" : "over";
}

/** The days of a month as clocks of the reader show them, with the scans on each. */
export function calendarDays({ month, scans, capacity }: ScanCalendar, zone: string): CalendarDay[] {
  const { limit } = capacity;
  const plannedOn = new Map(capacity.days.map(({ day, planned }) => [day, planned]));
  const all: CalendarScan[] = scans.flatMap(({ dueAt, ...scan }) =>
    dueAt.map((instant) => ({ ...scan, dueAt: instant, time: localTimeOf(new Date(instant), zone).time })),
  );
  const byDay = Map.groupBy(
    all.toSorted((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt)),
    ({ dueAt }) => dateOf(dueAt, zone),
  );
  return datesOf(month).map((day) => {
    const ofDay = byDay.get(day) ?? [];
    const planned = limit !== null && capacity.zone === zone ? (plannedOn.get(day) ?? null) : null;
    const counts = ofDay.map(({ dueAt }) => plannedOn.get(dateOf(dueAt, capacity.zone)) ?? 0);
    const level = levelOf(Math.max(planned ?? 0, ...counts), limit);
    const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % weekdays.length;
    return { day, weekday, scans: ofDay, planned, level };
  });
}
