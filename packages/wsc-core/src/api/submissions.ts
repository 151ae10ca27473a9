import * as z from "zod/mini";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { endpoint } from "./endpoint.ts";
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

/** Sort order of pending submissions: needing a person, in progress, reserved, ended. */
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
 * Tabs of the list of jobs and submissions. active: has not ended. attention: needs a person. mine: requested here by the caller,
 * including the caller's schedules.
 */
export const jobTabs = ["active", "attention", "mine"] as const;
export type JobTab = (typeof jobTabs)[number];

/** States that need a person, or that people should know about. */
export const attentionStates: readonly SubmissionState[] = ["NEEDS_REVIEW", "IN_DOUBT", "FAILED", "MISSED"];

/** Returns whether the state is final. */
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
  /** The wall time that a person chose for a reservation. */
  when: z.optional(z.object({ localTime: z.string(), zone: z.string() })),
  /** The schedule that made it. */
  scheduleId: z.optional(z.string()),
  /** Set for a run whose schedule was since paused, changed or deleted: it may be bound or dropped, but is never sent again. */
  isWithdrawn: z.optional(z.literal(true)),
  /** Whether the caller may cancel or decide it. */
  isOwn: z.optional(z.boolean()),
  instanceNo: z.optional(instanceNoSchema),
  attempts: z.array(z.object({ sentAt: instantSchema, code: z.optional(z.string()) })),
  reason: z.optional(
    z.object({
      code: z.string(),
      pointer: z.optional(z.string()),
      /** The vendor's message. Hostile text. */
      message: z.optional(z.string()),
      retryable: z.boolean(),
    }),
  ),
});
export type Submission = z.output<typeof submissionSchema>;

const budgetSchema = z.object({
  used: z.int(),
  limit: z.int(),
  /** When the next job is possible under an exhausted budget; not set while that depends on waiting submissions. */
  nextAt: z.optional(instantSchema),
});

/** Budget use, including waiting submissions that are due; `null` without a limit. */
export const budgetUseSchema = z.object({ day: z.nullable(budgetSchema), userHour: z.nullable(budgetSchema) });
export type BudgetUse = z.output<typeof budgetUseSchema>;

/** Share of a budget from which people are warned. */
const budgetWarningShare = 0.8;

/** Returns whether a budget is nearly or fully used up. */
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

export const oneSubmission = z.strictObject({ id: z.string().check(z.regex(/^[0-9a-z-]{1,64}$/)) });

/** Without `settings`, whose schema is large and which few pages read. */
export const submissionEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/submissions",
    roles: readers,
    query: z.strictObject({
      ...pageQuery,
      /** `all`: newest first. `pending`: without bound and cancelled submissions, by rank, then soonest due first. */
      view: z._default(z.enum(["all", "pending"]), "all"),
      tab: z.optional(z.enum(jobTabs)),
    }),
    response: z.object({
      /** All open submissions, and those that ended within a day. */
      submissions: z.array(submissionSchema),
      ...pageFields,
      budget: budgetUseSchema,
      /** Why submissions in doubt are not resent automatically at present; `null` if they are. */
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
