import {
  type Schedule,
  type ScheduleRequest,
  type ScheduleRequestInput,
  type Session,
  scheduleRequestSchema,
} from "@wsc-dashboard/wsc-core";
import { type FormRead, jobFieldResolver } from "../../job-fields/job-field-resolver.ts";
import {
  asRequest,
  type JobFieldPrefill,
  type JobFieldValues,
  jobFieldValues,
} from "../../job-fields/job-field-values.ts";
import { emptyEntry, signInOf } from "../../job-fields/sign-in-entry.ts";

export type RuleValues = ScheduleRequestInput["rule"];
export type BlackoutValues = NonNullable<ScheduleRequestInput["blackout"]>[number];

/** The form values: the request body, with consent not given yet. */
export interface ScheduleValues extends JobFieldValues {
  rule: RuleValues;
  collision: ScheduleRequest["collision"];
  blackout: BlackoutValues[];
}

const usualTime = "02:00";

/** The values of a new schedule, prefilled as far as possible. */
export function newScheduleValues(session: Session, prefill: JobFieldPrefill, zone: string): ScheduleValues {
  return {
    ...jobFieldValues(session, prefill),
    rule: {
      every: "month",
      nth: 1,
      weekdays: ["mon"],
      localTime: prefill.localTime ?? usualTime,
      zone: prefill.zone ?? zone,
    },
    collision: "skip",
    blackout: [],
  };
}

/**
 * The form values of an existing schedule. Its sign-in values are not returned by the server, and saving without them would
 * delete them. The form starts with empty ones, which are refused until the person enters them or chooses no sign-in.
 */
export function scheduleValues(session: Session, schedule: Schedule): ScheduleValues {
  const { rule, collision, blackout, signInKind, ...fields } = schedule;
  return {
    ...jobFieldValues(session, fields),
    signIn: signInOf(signInKind, emptyEntry),
    rule,
    collision,
    blackout,
  };
}

/** react-hook-form needs the full path of each nested value to show its error. */
export const ruleFields = ["rule", "rule.weekdays", "rule.nth", "rule.localTime", "rule.zone"] as const;

export type RuleKind = RuleValues["every"];

/** The rule with another frequency; fields the frequency does not have are dropped, missing ones get defaults. */
export function withEvery(rule: RuleValues, every: RuleKind): RuleValues {
  const { localTime, zone } = rule;
  if (every === "day") return { every, localTime, zone };
  const weekdays = rule.weekdays ?? ["mon"];
  if (every === "week") return { every, weekdays, localTime, zone };
  return { every, nth: rule.nth ?? 1, weekdays: [weekdays[0] ?? "mon"], localTime, zone };
}

function read(values: ScheduleValues): FormRead<ScheduleRequest> {
  const result = scheduleRequestSchema.safeParse(asRequest(values));
  if (result.success) return { value: result.data };
  const isUntimed = values.rule.localTime === "";
  return {
    issues: result.error.issues.map(({ message, path }) => ({
      message: isUntimed && path.join(".") === "rule.localTime" ? "160432" : message,
      path,
    })),
  };
}

export const scheduleResolver = jobFieldResolver<ScheduleValues, ScheduleRequest>(read);

export const scheduleSections = ["target", "signin", "checks", "rule", "blackout", "collision", "consent"] as const;
export type ScheduleSection = (typeof scheduleSections)[number];

const sectionByField: Readonly<Record<string, ScheduleSection>> = {
  startUrl: "target",
  excludeUrls: "target",
  hosting: "target",
  managedConsent: "target",
  signIn: "signin",
  items: "checks",
  userAgent: "checks",
  speed: "checks",
  memo: "checks",
  rule: "rule",
  blackout: "blackout",
  collision: "collision",
};

/** The section of the form in which a value, named by its path, can be corrected. */
export function sectionOfPath(path: string): ScheduleSection {
  return sectionByField[path.split(".")[0] ?? ""] ?? "consent";
}
