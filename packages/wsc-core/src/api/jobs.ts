import * as z from "zod/mini";
import { jobPhases } from "../domain/job-status.ts";
import { isWebUrl, targetHostOf } from "../domain/target.ts";
import { isTimeZone } from "../domain/wall-time.ts";
import { endpoint, instanceNoSchema, instantSchema } from "./endpoint.ts";
import { submissionSchema } from "./submissions.ts";

/** The four browser identities the vendor documents (contract section 6.4). */
export const userAgents = ["PC Chrome", "PC IE", "Android", "iPhone"] as const;
/** "1" normal, "2" somewhat faster, "3" fast (contract section 6.2). */
export const speeds = ["1", "2", "3"] as const;

/**
 * The vendor's words for items (contract section 6.3): the list is open, so further words are accepted as typed.
 * `confirmed` says whether the vendor's pages show the spelling.
 */
export const itemCatalogue = [
  { word: "ALL", confirmed: true },
  { word: "XSS", confirmed: true },
  { word: "SSI Injection", confirmed: true },
] as const;

/** The agreement texts that have been published; any of them may be accepted. */
export const consentTextVersions = ["1"] as const;

export const limits = {
  urlLength: 2000,
  excludeUrls: 200,
  items: 100,
  itemLength: 100,
  memoLength: 500,
  headers: 30,
  headerValueLength: 8000,
  cancelMany: 50,
} as const;

const custom = (code: string): { error: string } => ({ error: code });

/** Errors of a schema name a code of the catalogue, so that the field's words come from one place. */
export const startUrlSchema = z.string().check(
  z.trim(),
  z.minLength(1, custom("160432")),
  z.maxLength(limits.urlLength, custom("VALUE_TOO_LONG")),
  z.refine((text) => text === "" || /^https?:\/\//i.test(text), { ...custom("160331"), abort: true }),
  z.refine((text) => text === "" || isWebUrl(text), custom("URL_INVALID")),
);

const excludeUrlSchema = z.string().check(
  z.trim(),
  z.maxLength(limits.urlLength, custom("VALUE_TOO_LONG")),
  z.refine((text) => isWebUrl(text), custom("URL_INVALID")),
);

const itemsSchema = z
  .array(z.string().check(z.minLength(1, custom("160432")), z.maxLength(limits.itemLength, custom("VALUE_TOO_LONG"))))
  .check(
    z.minLength(1, custom("160432")),
    z.maxLength(limits.items, custom("VALUE_TOO_LONG")),
    z.refine((items) => !items.includes("ALL") || items.length === 1, custom("ITEMS_ALL_ALONE")),
  );

// RFC 9110 section 5.6.2 (token) and 5.5 (field value, visible characters only).
const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$/;
const headerValue = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Names that belong to the connection, not to the person's session. */
const connectionHeaders: ReadonlySet<string> = new Set([
  "host",
  "content-length",
  "connection",
  "transfer-encoding",
  "upgrade",
  "te",
  "trailer",
  "keep-alive",
  "proxy-connection",
]);

const headersSchema = z
  .record(
    z.string(),
    z.string().check(
      z.maxLength(limits.headerValueLength, custom("VALUE_TOO_LONG")),
      z.refine((value) => headerValue.test(value), custom("HEADER_NOT_ALLOWED")),
    ),
  )
  .check(
    z.refine(
      (headers) =>
        Object.keys(headers).every((name) => headerName.test(name) && !connectionHeaders.has(name.toLowerCase())),
      custom("HEADER_NOT_ALLOWED"),
    ),
    z.refine((headers) => Object.keys(headers).length > 0, custom("160432")),
    z.refine((headers) => Object.keys(headers).length <= limits.headers, custom("VALUE_TOO_LONG")),
  );

export const signInSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("headers"), headers: headersSchema }),
  z.strictObject({
    kind: z.literal("form"),
    actionUrl: z.string(),
    idParam: z.string(),
    idValue: z.string(),
    passwordParam: z.string(),
    passwordValue: z.string(),
    pageUrl: z.optional(z.string()),
    successText: z.optional(z.string()),
    extra: z._default(z.record(z.string(), z.string()), {}),
  }),
]);

export const whenSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("now") }),
  z.strictObject({
    kind: z.literal("at"),
    /** A wall time to the minute; what instant it is, and whether it exists, the server says. */
    localTime: z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, custom("LOCAL_TIME_INVALID"))),
    zone: z.string().check(z.refine(isTimeZone, custom("TIME_ZONE_UNKNOWN"))),
  }),
]);

const consentSchema = z.strictObject({
  textVersion: z.enum(consentTextVersions, custom("CONSENT_REQUIRED")),
  accepted: z.literal(true, custom("CONSENT_REQUIRED")),
});

/** The fields of a wish for a job; a schedule has them too. */
export const jobRequestFields = {
  startUrl: startUrlSchema,
  excludeUrls: z._default(
    z.array(excludeUrlSchema).check(z.maxLength(limits.excludeUrls, custom("VALUE_TOO_LONG"))),
    [],
  ),
  items: z._default(itemsSchema, ["ALL"]),
  userAgent: z._default(z.enum(userAgents, custom("160433")), "PC Chrome"),
  speed: z._default(z.enum(speeds, custom("160433")), "1"),
  memo: z._default(z.string().check(z.maxLength(limits.memoLength, custom("VALUE_TOO_LONG"))), ""),
  hosting: z._default(z.enum(["ncloud", "managed"], custom("VALUE_INVALID")), "ncloud"),
  consent: consentSchema,
  managedConsent: z.optional(consentSchema),
  rescanOf: z.optional(instanceNoSchema),
  signIn: z._default(signInSchema, { kind: "none" }),
  when: z._default(whenSchema, { kind: "now" }),
};

/** Excluded URLs are on the host of the target. */
export const checkExclusions = z.check<{ startUrl: string; excludeUrls: string[] }>(({ value, issues }) => {
  if (!URL.canParse(value.startUrl)) return;
  const host = targetHostOf(value.startUrl);
  for (const [index, url] of value.excludeUrls.entries()) {
    if (URL.canParse(url) && targetHostOf(url) !== host) {
      issues.push({ code: "custom", message: "URL_OTHER_HOST", input: url, path: ["excludeUrls", index] });
    }
  }
});

/** A person's wish for a job: the body of `POST /api/jobs`, and the values of the create form. */
export const jobRequestSchema = z.strictObject(jobRequestFields).check(checkExclusions);
export type JobRequest = z.output<typeof jobRequestSchema>;
export type JobRequestInput = z.input<typeof jobRequestSchema>;

export const capabilitiesSchema = z.object({
  report: z.boolean(),
  cancel: z.boolean(),
  stop: z.boolean(),
  rescan: z.boolean(),
  cause: z.boolean(),
});

export const jobSchema = z.object({
  instanceNo: instanceNoSchema,
  startUrl: z.string(),
  memo: z.string(),
  status: z.object({ text: z.string(), phase: z.enum(jobPhases), code: z.optional(z.int()) }),
  progress: z.nullable(z.number()),
  crawlCount: z.nullable(z.number()),
  findingCount: z.nullable(z.number()),
  startedAt: z.nullable(instantSchema),
  endedAt: z.nullable(instantSchema),
  capabilities: capabilitiesSchema,
  reportExpiresAt: z.nullable(instantSchema),
});
export type Job = z.output<typeof jobSchema>;

/** An answer that stands in for one the upstream could not give now. */
export const staleSchema = z.object({ code: z.string(), retryAfter: z.optional(z.number()) });

export const jobListSchema = z.object({
  jobs: z.array(jobSchema),
  total: z.int(),
  page: z.int(),
  pageCount: z.int(),
  limit: z.int(),
  /** When the upstream gave this answer. */
  asOf: instantSchema,
  stale: z.optional(staleSchema),
  /** Records of this page that could not be read, because they have no id. */
  unreadable: z.optional(z.int()),
});
export type JobList = z.output<typeof jobListSchema>;

const pageNumber = (max: number, fallback: number) =>
  z._default(
    z.pipe(
      z.string().check(z.regex(/^[0-9]{1,9}$/)),
      z.pipe(
        z.transform((text: string) => Number(text)),
        z.int().check(z.minimum(1), z.maximum(max)),
      ),
    ),
    fallback as never,
  );

/** Searching: `searchBy` says what `q` is compared with; `status` is one vendor code. The upstream cannot sort. */
export const jobListQuerySchema = z.strictObject({
  q: z._default(z.string().check(z.maxLength(500)), ""),
  searchBy: z._default(z.enum(["url", "memo"]), "url"),
  status: z.optional(
    z.pipe(
      z.enum(["12", "13", "14", "15", "2", "3", "4", "5", "91", "92", "93"]),
      z.transform((text) => Number(text)),
    ),
  ),
  page: pageNumber(1_000_000, 1),
  limit: pageNumber(100, 50),
});

const readers = ["viewer", "operator", "admin", "auditor"] as const;
const actors = ["operator", "admin"] as const;
const oneJob = z.strictObject({ instanceNo: instanceNoSchema });

export const jobEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/jobs",
    roles: readers,
    query: jobListQuerySchema,
    response: jobListSchema,
    status: 200,
  }),
  get: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo",
    roles: readers,
    params: oneJob,
    response: z.object({ job: jobSchema, asOf: instantSchema, stale: z.optional(staleSchema) }),
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
    status: 202,
  }),
  cancel: endpoint({
    method: "POST",
    path: "/api/jobs/:instanceNo/cancel",
    roles: actors,
    params: oneJob,
    body: z.strictObject({}),
    response: z.object({ job: jobSchema }),
    idempotency: "answer",
    audit: "handler",
    status: 200,
  }),
  stop: endpoint({
    method: "POST",
    path: "/api/jobs/:instanceNo/stop",
    roles: actors,
    params: oneJob,
    body: z.strictObject({}),
    response: z.object({ job: jobSchema }),
    idempotency: "answer",
    audit: "handler",
    status: 200,
  }),
  cancelMany: endpoint({
    method: "POST",
    path: "/api/jobs/cancel",
    roles: actors,
    body: z.strictObject({
      instanceNos: z
        .array(instanceNoSchema)
        .check(z.minLength(1, custom("160432")), z.maxLength(limits.cancelMany, custom("VALUE_TOO_LONG"))),
    }),
    response: z.object({
      /** One for each id, in the order asked; `code` is the reason why not. */
      results: z.array(
        z.object({ instanceNo: instanceNoSchema, job: z.optional(jobSchema), code: z.optional(z.string()) }),
      ),
    }),
    idempotency: "answer",
    audit: "handler",
    status: 200,
  }),
} as const;
