import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { lastCommonDay, weekdays } from "../domain/schedule-rule.ts";
import { isTimeZone } from "../domain/wall-time.ts";
import { codeError, tooLong } from "./code-error.ts";
import { endpoint } from "./endpoint.ts";
import { checkExclusions, jobRequestFields } from "./jobs.ts";
import { pageFields, pageQuery } from "./paging.ts";

const timeOfDay = z.string().check(z.regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, codeError("LOCAL_TIME_INVALID")));
/** End of a range of hours; "24:00" is allowed. */
const endTime = z
  .string()
  .check(z.regex(/^(?:24:00|(?:[01][0-9]|2[0-3]):[0-5][0-9])$/, codeError("LOCAL_TIME_INVALID")));
const weekdayList = z.array(z.enum(weekdays, codeError("VALUE_INVALID"))).check(
  z.minLength(1, codeError("160432")),
  z.refine((days) => new Set(days).size === days.length, codeError("VALUE_INVALID")),
);

export const scheduleRuleSchema = z
  .strictObject({
    every: z.enum(["day", "week", "month"], codeError("VALUE_INVALID")),
    weekdays: z.optional(weekdayList),
    nth: z.optional(z.int().check(z.minimum(1), z.maximum(lastCommonDay))),
    localTime: timeOfDay,
    zone: z.string().check(z.refine(isTimeZone, codeError("TIME_ZONE_UNKNOWN"))),
  })
  .check(
    z.check(({ value, issues }) => {
      const refuse = (field: "weekdays" | "nth", message: string): void =>
        void issues.push({ code: "custom", message, input: value, path: [field] });
      if (value.every === "week" && value.weekdays === undefined) refuse("weekdays", "160432");
      if (value.every === "month" && value.nth === undefined) refuse("nth", "160432");
      if (value.every === "month" && value.weekdays !== undefined && value.weekdays.length !== 1)
        refuse("weekdays", "VALUE_INVALID");
      if (value.every === "month" && value.weekdays !== undefined && (value.nth ?? 1) > 5)
        refuse("nth", "VALUE_INVALID");
      if (value.every === "day" && value.weekdays !== undefined) refuse("weekdays", "VALUE_INVALID");
      if (value.every !== "month" && value.nth !== undefined) refuse("nth", "VALUE_INVALID");
    }),
  );

const blackoutSchema = z
  .strictObject({ days: weekdayList, from: timeOfDay, to: endTime })
  .check(z.refine(({ from, to }) => from !== to, { ...codeError("VALUE_INVALID"), path: ["to"] }));

export const blackoutsSchema = z._default(z.array(blackoutSchema).check(z.maxLength(10, tooLong)), []);

const { when: _, ...jobFields } = jobRequestFields;

/** Body of a job request with a rule instead of `when`. */
export const scheduleRequestSchema = z
  .strictObject({
    ...jobFields,
    rule: scheduleRuleSchema,
    /** What happens while a job of the target is waiting or running: skip this run, or wait within the grace period. */
    collision: z._default(z.enum(["skip", "queue"], codeError("VALUE_INVALID")), "skip"),
    blackout: blackoutsSchema,
  })
  .check(checkExclusions);
export type ScheduleRequest = z.output<typeof scheduleRequestSchema>;
export type ScheduleRequestInput = z.input<typeof scheduleRequestSchema>;

/** A planned run, as instant and as wall time. `note`: why its wall time differs from the rule. */
const nextRunSchema = z.object({
  dueAt: instantSchema,
  localTime: z.string(),
  note: z.optional(z.enum(["gap", "overlap"])),
});

/** A previewed run. `planned`: other jobs on its day of the shared budget, including those used already. */
const previewedRunSchema = z.extend(nextRunSchema, { planned: z.int() });

export const scheduleSchema = z.object({
  id: z.string(),
  state: z.enum(["active", "paused"]),
  /** Why it is paused: by a person, or after too many consecutive failures. */
  pausedBy: z.optional(z.enum(["user", "failures"])),
  owner: z.string(),
  isOwn: z.boolean(),
  createdAt: instantSchema,
  startUrl: z.string(),
  memo: z.string(),
  excludeUrls: z.array(z.string()),
  items: z.array(z.string()),
  userAgent: z.string(),
  speed: z.string(),
  /** Sign-in values are never returned. */
  signInKind: z.enum(["none", "headers", "form"]),
  rule: z.object({
    every: z.enum(["day", "week", "month"]),
    weekdays: z.optional(z.array(z.enum(weekdays))),
    nth: z.optional(z.int()),
    localTime: z.string(),
    zone: z.string(),
  }),
  collision: z.enum(["skip", "queue"]),
  blackout: z.array(z.object({ days: z.array(z.enum(weekdays)), from: z.string(), to: z.string() })),
  next: z.array(nextRunSchema),
  /** Latest runs first. */
  runs: z.array(
    z.object({
      submissionId: z.string(),
      dueAt: instantSchema,
      state: z.string(),
      code: z.optional(z.string()),
      instanceNo: z.optional(z.string()),
    }),
  ),
});
export type Schedule = z.output<typeof scheduleSchema>;

const readers = ["viewer", "operator", "admin", "auditor"] as const;
const actors = ["operator", "admin"] as const;
const scheduleId = z.string().check(z.regex(/^[0-9a-z-]{1,64}$/));
const oneSchedule = z.strictObject({ id: scheduleId });
const answer = z.object({ schedule: scheduleSchema });

export const scheduleEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/schedules",
    roles: readers,
    query: z.strictObject(pageQuery),
    /** Oldest first. */
    response: z.object({ schedules: z.array(scheduleSchema), ...pageFields }),
    tokenScope: "rows",
    status: 200,
  }),
  preview: endpoint({
    method: "POST",
    path: "/api/schedules/preview",
    roles: actors,
    /** `id`: the schedule that is changed; its own runs do not count as planned. */
    body: z.strictObject({ rule: scheduleRuleSchema, blackout: blackoutsSchema, id: z.optional(scheduleId) }),
    response: z.object({
      next: z.array(previewedRunSchema),
      /** Jobs that the shared budget allows a day; `null` for no limit. */
      dayLimit: z.nullable(z.int()),
    }),
    audit: "none",
    tokenScope: "any",
    status: 200,
  }),
  get: endpoint({
    method: "GET",
    path: "/api/schedules/:id",
    roles: readers,
    params: oneSchedule,
    response: answer,
    tokenScope: "schedule",
    status: 200,
  }),
  create: endpoint({
    method: "POST",
    path: "/api/schedules",
    roles: actors,
    body: scheduleRequestSchema,
    response: answer,
    audit: "handler",
    idempotency: "answer",
    tokenScope: "body",
    status: 200,
  }),
  update: endpoint({
    method: "PUT",
    path: "/api/schedules/:id",
    roles: actors,
    params: oneSchedule,
    body: scheduleRequestSchema,
    response: answer,
    audit: "handler",
    tokenScope: "schedule",
    status: 200,
  }),
  pause: endpoint({
    method: "POST",
    path: "/api/schedules/:id/pause",
    roles: actors,
    params: oneSchedule,
    body: z.strictObject({}),
    response: answer,
    audit: "handler",
    idempotency: "answer",
    tokenScope: "schedule",
    status: 200,
  }),
  resume: endpoint({
    method: "POST",
    path: "/api/schedules/:id/resume",
    roles: actors,
    params: oneSchedule,
    body: z.strictObject({}),
    response: answer,
    audit: "handler",
    idempotency: "answer",
    tokenScope: "schedule",
    status: 200,
  }),
  remove: endpoint({
    method: "DELETE",
    path: "/api/schedules/:id",
    roles: actors,
    params: oneSchedule,
    body: z.strictObject({}),
    response: z.object({ removed: z.boolean() }),
    audit: "handler",
    tokenScope: "schedule",
    status: 200,
  }),
} as const;
