import * as z from "zod/mini";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { endpoint } from "./endpoint.ts";
import { jobSettingsSchema } from "./job-settings.ts";
import { pageFields, pageQuery } from "./paging.ts";

/** The life of one intended createJob call. A word never changes its meaning. */
export const submissionStates = [
  "SCHEDULED",
  "HELD",
  "CLAIMED",
  "DISPATCHING",
  "ACCEPTED",
  "BOUND",
  "IN_DOUBT",
  "RETRY_WAIT",
  "NEEDS_REVIEW",
  "MISSED",
  "FAILED",
  "CANCELLED",
] as const;
export type SubmissionState = (typeof submissionStates)[number];

/** The order of what is pending: what needs a person first, then what is under way, what is reserved, and last what has ended. */
export const submissionRank: Readonly<Record<SubmissionState, number>> = {
  NEEDS_REVIEW: 0,
  IN_DOUBT: 1,
  ACCEPTED: 1,
  DISPATCHING: 1,
  CLAIMED: 1,
  RETRY_WAIT: 1,
  HELD: 2,
  SCHEDULED: 2,
  FAILED: 3,
  MISSED: 3,
  BOUND: 4,
  CANCELLED: 4,
};

/**
 * Parts of the list of jobs and of what is on its way to becoming one. active: has not ended. attention: needs somebody. mine:
 * ordered here by whoever asks, schedules of theirs included.
 */
export const jobTabs = ["active", "attention", "mine"] as const;
export type JobTab = (typeof jobTabs)[number];

/** States in which a submission needs somebody, or somebody should know. */
export const attentionStates: readonly SubmissionState[] = ["NEEDS_REVIEW", "IN_DOUBT", "FAILED", "MISSED"];

/** Whether the submission has come to its end. */
export function isSettled(state: SubmissionState): boolean {
  return state === "BOUND" || state === "MISSED" || state === "FAILED" || state === "CANCELLED";
}

export const submissionSchema = z.object({
  id: z.string(),
  state: z.enum(submissionStates),
  startUrl: z.string(),
  memo: z.string(),
  createdAt: instantSchema,
  createdBy: z.string(),
  dueAt: instantSchema,
  /** The wall time a person chose, for a reservation. */
  when: z.optional(z.object({ localTime: z.string(), zone: z.string() })),
  /** The schedule it comes from. */
  scheduleId: z.optional(z.string()),
  /** Of a run whose schedule was paused, changed or deleted since: it may be bound or dropped, never sent again. */
  isWithdrawn: z.optional(z.literal(true)),
  /** Whether the person asking may cancel or decide. */
  isOwn: z.optional(z.boolean()),
  instanceNo: z.optional(instanceNoSchema),
  attempts: z.array(z.object({ sentAt: instantSchema, code: z.optional(z.string()) })),
  reason: z.optional(
    z.object({
      code: z.string(),
      pointer: z.optional(z.string()),
      /** The vendor's own words. Hostile text. */
      message: z.optional(z.string()),
      retryable: z.boolean(),
    }),
  ),
});
export type Submission = z.output<typeof submissionSchema>;

const budgetSchema = z.object({
  used: z.int(),
  limit: z.int(),
  /** When the next job is possible, with a budget that is used up; absent as long as that depends on waiting ones. */
  nextAt: z.optional(instantSchema),
});

/** How much of the budgets is used, waiting submissions that are due included; `null` where there is no limit. */
export const budgetUseSchema = z.object({ day: z.nullable(budgetSchema), userHour: z.nullable(budgetSchema) });
export type BudgetUse = z.output<typeof budgetUseSchema>;

/** The share of a budget from which people are warned. */
const budgetWarningShare = 0.8;

/** Whether a budget is nearly or wholly used up. */
export function budgetLevel({
  used,
  limit,
}: {
  readonly used: number;
  readonly limit: number;
}): "fine" | "near" | "over" {
  if (used >= limit) return "over";
  return used >= budgetWarningShare * limit ? "near" : "fine";
}

const readers = ["viewer", "operator", "admin", "auditor"] as const;

const oneSubmission = z.strictObject({ id: z.string().check(z.regex(/^[0-9a-z-]{1,64}$/)) });

export const submissionEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/submissions",
    roles: readers,
    query: z.strictObject({
      ...pageQuery,
      /** `all`, newest first; `pending` without what has become a job or was cancelled, by rank, then the next one due first. */
      view: z._default(z.enum(["all", "pending"]), "all"),
      tab: z.optional(z.enum(jobTabs)),
    }),
    response: z.object({
      /** All that are open, and those that ended within a day. */
      submissions: z.array(submissionSchema),
      ...pageFields,
      budget: budgetUseSchema,
      /** Why nothing in doubt is sent again by itself at present; `null` when it is. */
      resendBlockedBy: z.nullable(z.string()),
    }),
    tokenScope: "rows",
    status: 200,
  }),
  get: endpoint({
    method: "GET",
    path: "/api/submissions/:id",
    roles: readers,
    params: oneSubmission,
    response: z.object({ submission: submissionSchema }),
    tokenScope: "submission",
    status: 200,
  }),
  settings: endpoint({
    method: "GET",
    path: "/api/submissions/:id/settings",
    roles: ["operator", "admin"],
    params: oneSubmission,
    response: jobSettingsSchema,
    tokenScope: "submission",
    status: 200,
  }),
  cancel: endpoint({
    method: "DELETE",
    path: "/api/submissions/:id",
    roles: ["operator", "admin"],
    params: oneSubmission,
    body: z.strictObject({}),
    response: z.object({ submission: submissionSchema }),
    audit: "handler",
    tokenScope: "submission",
    status: 200,
  }),
  resolve: endpoint({
    method: "POST",
    path: "/api/submissions/:id/resolve",
    roles: ["operator", "admin"],
    params: oneSubmission,
    body: z.discriminatedUnion("choice", [
      z.strictObject({ choice: z.literal("exists"), instanceNo: instanceNoSchema }),
      z.strictObject({ choice: z.literal("resend") }),
      z.strictObject({ choice: z.literal("drop") }),
    ]),
    response: z.object({ submission: submissionSchema }),
    idempotency: "answer",
    audit: "handler",
    tokenScope: "submission",
    status: 200,
  }),
  allowResend: endpoint({
    method: "POST",
    path: "/api/submissions/allow-resend",
    roles: ["admin"],
    body: z.strictObject({}),
    response: z.object({ resendBlockedBy: z.nullable(z.string()) }),
    idempotency: "answer",
    status: 200,
  }),
} as const;
