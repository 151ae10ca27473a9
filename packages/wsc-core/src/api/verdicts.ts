import * as z from "zod/mini";
import { instanceNoSchema, instantSchema } from "../domain/scalars.ts";
import { severities } from "../domain/severity.ts";
import { readWebUrl } from "../domain/target.ts";
import { daySchema, verdictCauses } from "../domain/verdict.ts";
import { verdicts } from "../domain/verdict-states.ts";
import { endpoint } from "./endpoint.ts";
import { limits } from "./limits.ts";
import { pageFields, pageNumber } from "./paging.ts";
import { plainLine, plainText } from "./plain-text.ts";
import { targetHostSchema } from "./targets.ts";

const readers = ["viewer", "operator", "admin", "auditor"] as const;
const deciders = ["operator", "admin"] as const;

const reason = plainText(limits.verdictReasonLength);

/** Where an issue is tracked: an https URL without user name and password, as serialised by the WHATWG parser. */
const issueUrlSchema = z.string().check(
  z.maxLength(limits.urlLength),
  z.refine((text) => readWebUrl(text)?.startsWith("https:") === true, { abort: true }),
  z.overwrite((text) => readWebUrl(text) ?? text),
  z.maxLength(limits.urlLength),
);

/** A person's decision. `note` is added to the history. */
export const decisionSchema = z.discriminatedUnion("verdict", [
  z.strictObject({ verdict: z.literal("open"), reason: z.optional(reason) }),
  z.strictObject({
    verdict: z.literal("in-work"),
    owner: plainLine(limits.verdictOwnerLength),
    due: z.optional(daySchema),
    reason: z.optional(reason),
  }),
  z.strictObject({ verdict: z.literal("false-positive"), reason }),
  /** Valid until the end of the day, in the zone of the dashboard. */
  z.strictObject({ verdict: z.literal("risk-accepted"), reason, until: daySchema }),
  z.strictObject({ verdict: z.literal("fixed"), reason: z.optional(reason) }),
]);
export type Decision = z.output<typeof decisionSchema>;

/** One change of a finding's record. A note is added; a decision or link replaces the previous one. */
export const verdictChangeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("decide"), decision: decisionSchema }),
  z.strictObject({ kind: z.literal("note"), text: plainText(limits.verdictNoteLength) }),
  z.strictObject({ kind: z.literal("link"), issueUrl: z.nullable(issueUrlSchema) }),
]);
export type VerdictChange = z.output<typeof verdictChangeSchema>;

const sightingSchema = z.object({ instanceNo: instanceNoSchema, startedAt: instantSchema });

/** The record of a finding that people decided or wrote about. Texts of people: plain text, treated as hostile. */
export const verdictSchema = z.object({
  /** Hash of target and identity. */
  id: z.string(),
  /** `null` once no report of the target can be read any more. */
  host: z.nullable(z.string()),
  fingerprint: z.nullable(z.string()),
  /** The effective verdict, and its cause. */
  state: z.enum(verdicts),
  cause: z.nullable(z.enum(verdictCauses)),
  /** The latest decision. */
  verdict: z.enum(verdicts),
  reason: z.nullable(z.string()),
  owner: z.nullable(z.string()),
  due: z.nullable(daySchema),
  until: z.nullable(daySchema),
  endsAt: z.nullable(instantSchema),
  issueUrl: z.nullable(z.string()),
  decidedAt: instantSchema,
  decidedBy: z.string(),
  /** The latest scan that reported it, and the latest that tested there and did not, as far as known. */
  seen: z.nullable(sightingSchema),
  absent: z.nullable(sightingSchema),
  /** From the latest report that contains it; `null` if unknown or without a risk level. */
  severity: z.nullable(z.enum(severities)),
  notes: z.int(),
  updatedAt: instantSchema,
  /** Sent with a change, so that a concurrent change is detected. 0: no record yet. */
  version: z.int(),
});
export type VerdictView = z.output<typeof verdictSchema>;

/**
 * Kinds of history entries. decided, note, link: by a person. came-back, confirmed: what a scan showed about a fixed finding.
 * acceptance-ended: the accepted risk is open again.
 */
export const verdictEventKinds = ["decided", "note", "link", "came-back", "confirmed", "acceptance-ended"] as const;
export const verdictEventSchema = z.object({
  seq: z.int(),
  at: instantSchema,
  kind: z.enum(verdictEventKinds),
  /** Name of the person; `null` for what the dashboard recorded. */
  by: z.nullable(z.string()),
  verdict: z.optional(z.enum(verdicts)),
  reason: z.optional(z.string()),
  owner: z.optional(z.string()),
  due: z.optional(daySchema),
  until: z.optional(daySchema),
  text: z.optional(z.string()),
  issueUrl: z.optional(z.nullable(z.string())),
  instanceNo: z.optional(instanceNoSchema),
});
export type VerdictHistoryEntry = z.output<typeof verdictEventSchema>;

/** Maximum number of history entries in one response. */
export const shownVerdictEvents = 100;

const fingerprintSchema = z.string().check(z.minLength(1), z.maxLength(limits.fingerprintLength));
const versionSchema = z.int().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER));
const oneVerdict = z.strictObject({ id: z.string().check(z.regex(/^[0-9a-z-]{1,64}$/)) });

/** `identity`: `findingIdentity` of the finding's fingerprint. */
const identifiedVerdictsSchema = z.array(z.extend(verdictSchema, { identity: z.string() }));

export const verdictEndpoints = {
  /** Verdicts of a target, latest change first. */
  list: endpoint({
    method: "GET",
    path: "/api/verdicts",
    roles: readers,
    query: z.strictObject({
      host: targetHostSchema,
      state: z.optional(z.enum(verdicts)),
      page: pageNumber(100_000, 1),
      limit: pageNumber(100, 50),
    }),
    response: z.object({
      verdicts: z.array(verdictSchema),
      /** Counts of the target by effective verdict. */
      counts: z.record(z.enum(verdicts), z.int()),
      ...pageFields,
    }),
    status: 200,
  }),
  /** Verdicts of the findings of a report. */
  ofReport: endpoint({
    method: "GET",
    path: "/api/jobs/:instanceNo/report/verdicts",
    roles: readers,
    params: z.strictObject({ instanceNo: instanceNoSchema }),
    response: z.object({
      host: z.string(),
      verdicts: identifiedVerdictsSchema,
      /** Today in the zone of the dashboard, from which days count. */
      today: daySchema,
    }),
    longField: { name: "verdicts", entries: identifiedVerdictsSchema },
    tokenScope: "jobs",
    status: 200,
  }),
  /** A verdict with its history, newest entry first; `next` is the cursor of older ones. */
  get: endpoint({
    method: "GET",
    path: "/api/verdicts/:id",
    roles: readers,
    params: oneVerdict,
    query: z.strictObject({ before: z.optional(z.string().check(z.regex(/^[0-9]{1,9}$/))) }),
    response: z.object({
      verdict: verdictSchema,
      history: z.array(verdictEventSchema),
      next: z.nullable(z.int()),
    }),
    status: 200,
  }),
  /**
   * Changes the records of one or more findings independently and returns one result per finding, in order. A finding without a
   * record must be in the report of `instanceNo`.
   */
  change: endpoint({
    method: "POST",
    path: "/api/verdicts",
    roles: deciders,
    body: z.strictObject({
      host: targetHostSchema,
      instanceNo: z.optional(instanceNoSchema),
      findings: z
        .array(z.strictObject({ fingerprint: fingerprintSchema, version: versionSchema }))
        .check(z.minLength(1), z.maxLength(limits.verdictsAtOnce)),
      change: verdictChangeSchema,
    }),
    response: z.object({
      results: z.array(
        z.object({
          fingerprint: z.string(),
          /** The current record, changed or not; not set if there is none. */
          verdict: z.optional(verdictSchema),
          /** Why it was not changed. VERDICT_CHANGED: somebody else changed it; `verdict` is the current record. */
          code: z.optional(z.string()),
        }),
      ),
    }),
    audit: "handler",
    status: 200,
  }),
  /** Changes an existing record; a 409 VERDICT_CHANGED has the current one in `present`. */
  update: endpoint({
    method: "PUT",
    path: "/api/verdicts/:id",
    roles: deciders,
    params: oneVerdict,
    body: z.strictObject({ version: versionSchema, change: verdictChangeSchema }),
    response: z.object({ verdict: verdictSchema }),
    audit: "handler",
    status: 200,
  }),
} as const;
