import * as z from "zod/mini";
import { instanceNoSchema } from "../domain/scalars.ts";
import { targetHostOf } from "../domain/target.ts";
import { isTimeZone } from "../domain/wall-time.ts";
import { codeError, tooLong } from "./code-error.ts";
import { consentSchema, managedConsentSchema } from "./consent.ts";
import { endpoint } from "./endpoint.ts";
import { existingJobEndpoints, oneJob } from "./existing-jobs.ts";
import { jobSettingsSchema } from "./job-settings.ts";
import { limits } from "./limits.ts";
import { signInSchema } from "./sign-in.ts";
import { submissionSchema } from "./submissions.ts";
import { excludeUrlSchema, webUrlSchema } from "./web-url.ts";

/** The four browser identities the vendor documents (docs/upstream-api.md section 6.4). */
export const userAgents = ["PC Chrome", "PC IE", "Android", "iPhone"] as const;
/** "1" normal, "2" somewhat faster, "3" fast (docs/upstream-api.md section 6.2). */
export const speeds = ["1", "2", "3"] as const;

/**
 * The vendor's words for items (docs/upstream-api.md section 6.3). The list is open: further words are accepted as typed.
 * `confirmed`: the vendor's pages show this spelling; for the others they only say that the service checks for them.
 */
export const itemCatalogue = [
  { word: "ALL", confirmed: true },
  { word: "XSS", confirmed: true },
  { word: "SSI Injection", confirmed: true },
  { word: "SQL Injection", confirmed: false },
  { word: "LFI", confirmed: false },
] as const;

/** URL of the target. */
export const startUrlSchema = webUrlSchema;

/** A control character or half of a character is changed or refused by many a system on the way of a text. */
const transmittable = z.refine<string>((text) => !/[^\P{Cc}\n\r\t]|\p{Cs}/u.test(text), codeError("VALUE_INVALID"));

const itemsSchema = z
  .array(z.string().check(z.minLength(1, codeError("160432")), z.maxLength(limits.itemLength, tooLong), transmittable))
  .check(
    z.minLength(1, codeError("160432")),
    z.maxLength(limits.items, tooLong),
    z.refine((items) => !items.includes("ALL") || items.length === 1, codeError("ITEMS_ALL_ALONE")),
  );

export const whenSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("now") }),
  z.strictObject({
    kind: z.literal("at"),
    /** Wall time to the minute; the server decides whether it exists and which instant it is. */
    localTime: z
      .string()
      .check(z.regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, codeError("LOCAL_TIME_INVALID"))),
    zone: z.string().check(z.refine(isTimeZone, codeError("TIME_ZONE_UNKNOWN"))),
  }),
]);

/** Fields of a job request, shared with schedules. */
export const jobRequestFields = {
  startUrl: startUrlSchema,
  excludeUrls: z._default(z.array(excludeUrlSchema).check(z.maxLength(limits.excludeUrls, tooLong)), []),
  items: z._default(itemsSchema, ["ALL"]),
  userAgent: z._default(z.enum(userAgents, codeError("160433")), "PC Chrome"),
  speed: z._default(z.enum(speeds, codeError("160433")), "1"),
  /** The account must keep it whole, because it holds the token by which a job is found. */
  memo: z._default(z.string().check(z.maxLength(limits.memoLength, tooLong), transmittable), ""),
  hosting: z._default(z.enum(["ncloud", "managed"], codeError("VALUE_INVALID")), "ncloud"),
  consent: consentSchema,
  managedConsent: z.optional(managedConsentSchema),
  rescanOf: z.optional(instanceNoSchema),
  signIn: z._default(signInSchema, { kind: "none" }),
  when: z._default(whenSchema, { kind: "now" }),
};

/** Checks that excluded URLs are on the host of the target. */
export const checkExclusions = z.check<{ startUrl: string; excludeUrls: string[] }>(({ value, issues }) => {
  if (!URL.canParse(value.startUrl)) return;
  const host = targetHostOf(value.startUrl);
  for (const [index, url] of value.excludeUrls.entries()) {
    if (URL.canParse(url) && targetHostOf(url) !== host) {
      issues.push({ code: "custom", message: "URL_OTHER_HOST", input: url, path: ["excludeUrls", index] });
    }
  }
});

/** A request for a job: the body of `POST /api/jobs`, and the values of the create form. */
export const jobRequestSchema = z.strictObject(jobRequestFields).check(checkExclusions);
export type JobRequest = z.output<typeof jobRequestSchema>;
export type JobRequestInput = z.input<typeof jobRequestSchema>;

/** Body of a preview: the same request, with or without the consent. */
export const jobPreviewRequestSchema = z
  .strictObject({
    ...jobRequestFields,
    consent: z.optional(jobRequestFields.consent),
  })
  .check(checkExclusions);
export type JobPreviewRequest = z.output<typeof jobPreviewRequestSchema>;

/** The createJob call as it will be sent, with masked sign-in values. */
export const jobPreviewSchema = z.object({
  method: z.string(),
  /** Scheme and host of the upstream. */
  origin: z.string(),
  path: z.string(),
  /** The exact body. Values of `Headers` are masked; those of a form sign-in are unknown until the submission is due. */
  body: z.string(),
  /** SHA-256 of `body` in hex, also in the audit entry of the sending. */
  hash: z.string(),
});
export type JobPreview = z.output<typeof jobPreviewSchema>;

const actors = ["operator", "admin"] as const;
/** Creating jobs, and what a job was created with. */
export const newJobEndpoints = {
  settings: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo/settings",
    roles: actors,
    params: oneJob,
    response: jobSettingsSchema,
    tokenScope: "jobs",
    status: 200,
  }),
  create: endpoint({
    method: "POST",
    path: "/api/jobs",
    roles: actors,
    body: jobRequestSchema,
    response: z.object({ submission: submissionSchema }),
    idempotency: "transaction",
    audit: "handler",
    tokenScope: "body",
    status: 202,
  }),
  preview: endpoint({
    method: "POST",
    path: "/api/jobs/preview",
    roles: actors,
    body: jobPreviewRequestSchema,
    response: jobPreviewSchema,
    audit: "none",
    tokenScope: "body",
    status: 200,
  }),
} as const;

const { list, get, ...ending } = existingJobEndpoints;

/** All endpoints of jobs. */
export const jobEndpoints = { list, get, ...newJobEndpoints, ...ending } as const;
