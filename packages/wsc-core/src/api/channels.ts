import * as z from "zod/mini";
import { languages } from "../domain/language.ts";
import { digests, notificationEvents } from "../domain/notification.ts";
import { instantSchema } from "../domain/scalars.ts";
import { severities } from "../domain/severity.ts";
import { isTimeZone } from "../domain/wall-time.ts";
import { endpoint } from "./endpoint.ts";
import { limits } from "./limits.ts";
import { pageFields, pageQuery } from "./paging.ts";
import { tagSchema } from "./target-details.ts";

export const channelKinds = ["email", "webhook", "slack", "teams"] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Why a channel is paused: by a person, because the receiver answered 410, or because it failed again and again. */
export const pauseReasons = ["person", "gone", "failures"] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** What came of an attempt to deliver; all but "accepted" are tried again. */
export const deliveryOutcomes = [
  "accepted",
  "refused",
  "redirected",
  "gone",
  "timeout",
  "unreachable",
  "forbidden",
  "broken",
  "mail-unset",
  "mail-refused",
  "unreadable",
] as const;
export type DeliveryOutcome = (typeof deliveryOutcomes)[number];

export const deliveryKinds = ["event", "digest", "test"] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];
export const deliveryStates = ["waiting", "delivered", "failed"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A name as people read it: without control characters, without white space at its ends. */
const nameSchema = z.string().check(
  z.minLength(1),
  z.maxLength(limits.channelNameLength),
  z.refine((name) => name === name.trim() && !/\p{C}|\p{Zl}|\p{Zp}/u.test(name)),
);
const timeSchema = z.string().check(z.regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/));

const settings = {
  name: nameSchema,
  events: z.array(z.enum(notificationEvents)).check(z.minLength(1), z.maxLength(notificationEvents.length)),
  /** As in WSC_TARGET_ALLOWLIST; `null`: every target. */
  targets: z.nullable(
    z
      .array(z.string().check(z.minLength(1), z.maxLength(limits.hostPatternLength)))
      .check(z.minLength(1), z.maxLength(limits.channelTargets)),
  ),
  /** Only targets with one of these; `null`: every target. */
  tags: z._default(z.nullable(z.array(tagSchema).check(z.minLength(1), z.maxLength(limits.targetTags))), null),
  minimumSeverity: z.nullable(z.enum(severities)),
  findingNames: z.boolean(),
  /** As names are written where findings are assigned and in notes; `null`: everybody. */
  people: z._default(z.nullable(z.array(nameSchema).check(z.minLength(1), z.maxLength(limits.channelPeople))), null),
  digest: z.enum(digests),
  digestTime: timeSchema,
  quietHours: z.nullable(
    z.strictObject({ from: timeSchema, to: timeSchema }).check(z.refine(({ from, to }) => from !== to)),
  ),
  zone: z.string().check(z.refine(isTimeZone)),
  language: z.enum(languages),
};

/** An https address for all kinds but "email". It is a secret: whoever knows it can send. */
const receiverSchema = z.string().check(z.minLength(1), z.maxLength(limits.urlLength));

export const channelRequestSchema = z.strictObject({
  ...settings,
  kind: z.enum(channelKinds),
  receiver: receiverSchema,
});
export type ChannelRequest = z.output<typeof channelRequestSchema>;

/** The kind stays; without a receiver that stays as well. */
export const channelChangeSchema = z.strictObject({ ...settings, receiver: z.optional(receiverSchema) });
export type ChannelChange = z.output<typeof channelChangeSchema>;

/** A channel as it is listed: without the address of its receiver and its secret. */
export const channelSchema = z.object({
  ...settings,
  id: z.string(),
  kind: z.enum(channelKinds),
  /** The mail address, or the host of the address alone. */
  receiver: z.string(),
  state: z.enum(["active", "paused"]),
  pausedBecause: z.nullable(z.enum(pauseReasons)),
  /** Attempts in a row that failed. */
  failures: z.int(),
  /** Notifications that have not been delivered yet. */
  waiting: z.int(),
  lastDeliveredAt: z.nullable(instantSchema),
  createdAt: instantSchema,
  createdBy: z.string(),
});
export type Channel = z.output<typeof channelSchema>;

export const deliveryAttemptSchema = z.object({
  at: instantSchema,
  outcome: z.enum(deliveryOutcomes),
  /** The HTTP status or the SMTP reply code; `null` when there was no answer. */
  status: z.nullable(z.int()),
  durationMs: z.int(),
});
export type DeliveryAttempt = z.output<typeof deliveryAttemptSchema>;

/** A message to a channel. Its id is the same however often it is sent. */
export const deliverySchema = z.object({
  id: z.string(),
  channelId: z.string(),
  kind: z.enum(deliveryKinds),
  state: z.enum(deliveryStates),
  /** Notifications in it. */
  notifications: z.int(),
  createdAt: instantSchema,
  /** `null` when none is to come. */
  nextAttemptAt: z.nullable(instantSchema),
  deliveredAt: z.nullable(instantSchema),
  attempts: z.int(),
  /** The latest attempts, newest first. */
  log: z.array(deliveryAttemptSchema),
});
export type Delivery = z.output<typeof deliverySchema>;

const oneId = z.strictObject({ id: z.string().check(z.regex(/^[0-9a-z-]{1,64}$/)) });
const oneChannel = z.object({ channel: channelSchema });
const channelAndSecret = z.object({
  channel: channelSchema,
  /** The secret with which messages are signed, told this once; `null` for kinds that are not signed. */
  secret: z.nullable(z.string()),
});
const admin = { roles: ["admin"], audit: "handler", tokenScope: "people", status: 200 } as const;

/** Channels: where notifications go. Only a person may manage them, never a service token. */
export const channelEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/channels",
    ...admin,
    audit: "none",
    response: z.object({
      channels: z.array(channelSchema),
      /** Whether WSC_SMTP_URL and WSC_MAIL_FROM are set. */
      isMailSet: z.boolean(),
      /** Whether jobs are read in the background, which the events of jobs and reports come from. */
      isReadingOn: z.boolean(),
    }),
  }),
  create: endpoint({
    method: "POST",
    path: "/api/channels",
    ...admin,
    body: channelRequestSchema,
    response: channelAndSecret,
  }),
  update: endpoint({
    method: "PUT",
    path: "/api/channels/:id",
    ...admin,
    params: oneId,
    body: channelChangeSchema,
    response: oneChannel,
  }),
  remove: endpoint({
    method: "DELETE",
    path: "/api/channels/:id",
    ...admin,
    params: oneId,
    body: z.strictObject({}),
    response: z.object({}),
  }),
  pause: endpoint({
    method: "POST",
    path: "/api/channels/:id/pause",
    ...admin,
    params: oneId,
    body: z.strictObject({}),
    response: oneChannel,
  }),
  resume: endpoint({
    method: "POST",
    path: "/api/channels/:id/resume",
    ...admin,
    params: oneId,
    body: z.strictObject({}),
    response: oneChannel,
  }),
  /** Another secret; the one before signs beside it for a day. */
  rotate: endpoint({
    method: "POST",
    path: "/api/channels/:id/rotate",
    ...admin,
    params: oneId,
    body: z.strictObject({}),
    response: channelAndSecret,
  }),
  /** Sends a message that says it is a test; what came of it is in the list of deliveries. */
  test: endpoint({
    method: "POST",
    path: "/api/channels/:id/test",
    ...admin,
    params: oneId,
    body: z.strictObject({}),
    response: z.object({ delivery: deliverySchema }),
  }),
} as const;

export const deliveryEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/deliveries",
    ...admin,
    audit: "none",
    query: z.strictObject({ channel: z.optional(oneId.shape.id), ...pageQuery }),
    /** Newest first; those that ended are kept for 30 days. */
    response: z.object({ deliveries: z.array(deliverySchema), ...pageFields }),
  }),
  /** Sends a message again, with the id that it had. */
  replay: endpoint({
    method: "POST",
    path: "/api/deliveries/:id/replay",
    ...admin,
    params: oneId,
    body: z.strictObject({}),
    response: z.object({ delivery: deliverySchema }),
  }),
} as const;
