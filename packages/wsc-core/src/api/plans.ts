import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { lastCommonDay } from "../domain/schedule-rule.ts";
import { isTimeZone } from "../domain/wall-time.ts";
import { codeError } from "./code-error.ts";
import { endpoint } from "./endpoint.ts";
import { limits } from "./limits.ts";
import { targetHostSchema } from "./targets.ts";

/** once: one reservation per target. month: one monthly schedule per target. */
export const planRepeats = ["once", "month"] as const;
export type PlanRepeat = (typeof planRepeats)[number];

const day = z.int().check(z.minimum(1), z.maximum(lastCommonDay));

export const planRequestSchema = z
  .strictObject({
    hosts: z.array(targetHostSchema).check(
      z.minLength(1),
      z.maxLength(limits.planTargets),
      z.refine((hosts) => new Set(hosts).size === hosts.length),
    ),
    repeat: z.enum(planRepeats),
    /** Days of the month over which the scans are spread, inclusive. */
    firstDay: day,
    lastDay: day,
    /** Time of the first scan of a day; the others follow on the same day. */
    from: z.string().check(z.regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, codeError("LOCAL_TIME_INVALID"))),
    minutesApart: z.int().check(z.minimum(1), z.maximum(720)),
    zone: z.string().check(z.refine(isTimeZone, codeError("TIME_ZONE_UNKNOWN"))),
  })
  .check(
    z.refine(({ firstDay, lastDay }) => firstDay <= lastDay, { ...codeError("VALUE_INVALID"), path: ["lastDay"] }),
  );
export type PlanRequest = z.output<typeof planRequestSchema>;

/** The shared daily budget on the days that something is about. */
const capacitySchema = z.object({
  /** Jobs a day; `null` for no limit. */
  limit: z.nullable(z.int()),
  /** Time zone in which its days start and end. */
  zone: z.string(),
  /** In order. `planned`: jobs planned on the day, and on the current one those used already. */
  days: z.array(z.object({ day: z.string(), planned: z.int() })),
});
export type Capacity = z.output<typeof capacitySchema>;

export const planSchema = z.object({
  /** In request order. */
  rows: z.array(
    z.object({
      host: z.string(),
      /** Start URL of the target's newest job, else the root of the host. */
      startUrl: z.string(),
      /** `null` if the budget of these days is exhausted. */
      run: z.nullable(
        z.object({
          day: z.int(),
          /** Wall time of the first run: "2026-12-01T02:00". */
          localTime: z.string(),
          /** Next runs: one for a reservation, several for a schedule. */
          dueAt: z.array(instantSchema),
        }),
      ),
      /** Whether an active schedule already scans the target. */
      hasSchedule: z.boolean(),
    }),
  ),
  /** Months of the runs: runs added here, runs planned before, and the number of jobs allowed by the budget. */
  months: z.array(z.object({ month: z.string(), added: z.int(), planned: z.int(), limit: z.nullable(z.int()) })),
  /** Days of the runs, including the runs added here. */
  capacity: capacitySchema,
  /** May exceed the requested value, because of the hourly budget per person. */
  minutesApart: z.int(),
});
export type Plan = z.output<typeof planSchema>;

/** Months that a calendar shows: those of four digits in this century. */
const calendarMonth = z.string().check(z.regex(/^20[0-9]{2}-(?:0[1-9]|1[0-2])$/));

export const scanCalendarSchema = z.object({
  month: z.string(),
  /** The scans to come in the month. Runs of paused schedules are excluded. */
  scans: z.array(
    z.object({
      kind: z.enum(["schedule", "reservation"]),
      /** Of the schedule or submission. */
      id: z.string(),
      host: z.string(),
      dueAt: z.array(instantSchema),
    }),
  ),
  /** Days of the budget that overlap with the month and are not over. */
  capacity: capacitySchema,
});
export type ScanCalendar = z.output<typeof scanCalendarSchema>;

export const planEndpoints = {
  /** Planned scans of a month in a time zone. */
  calendar: endpoint({
    method: "GET",
    path: "/api/plans/calendar",
    roles: ["viewer", "operator", "admin", "auditor"],
    query: z.strictObject({
      month: calendarMonth,
      zone: z.string().check(z.refine(isTimeZone, codeError("TIME_ZONE_UNKNOWN"))),
    }),
    response: scanCalendarSchema,
    status: 200,
  }),
  /** Spreads scans of targets over days, within the budgets. Changes nothing: each scan is requested separately. */
  preview: endpoint({
    method: "POST",
    path: "/api/plans/preview",
    roles: ["operator", "admin"],
    body: planRequestSchema,
    response: planSchema,
    audit: "none",
    tokenScope: "people",
    status: 200,
  }),
} as const;
