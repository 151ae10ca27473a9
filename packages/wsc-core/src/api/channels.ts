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

/** Why a channel is paused: by a person, because the receiver responded with 410, or after repeated failures. */
export const pauseReasons = ["person", "gone", "failures"] as const;
export type PauseReason = (typeof pauseReasons)[number];

/** Outcome of a delivery attempt; all but "accepted" are retried. */
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

/** A display name: no control characters, no white space at its ends. */
export const channelNameSchema = z.string().check(
  z.minLength(1),
  z.maxLength(limits.channelNameLength),
  z.refine((name) => name === name.trim() && !/\p{C}|\p{Zl}|\p{Zp}/u.test(name)),
);
const timeSchema = z.string().check(z.regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/));

/** When messages are sent, and in which language. */
export const channelTiming = {
  digest: z.enum(digests),
  /** Of daily and weekly digests. */
  digestTime: timeSchema,
  quietHours: z.nullable(
    z.strictObject({ from: timeSchema, to: timeSchema }).check(z.refine(({ from, to }) => from !== to)),
  ),
  zone: z.string().check(z.refine(isTimeZone)),
  language: z.enum(languages),
};

const settings = {
  name: channelNameSchema,
  events: z.array(z.enum(notificationEvents)).check(z.minLength(1), z.maxLength(notificationEvents.length)),
  /** As in WSC_TARGET_ALLOWLIST; `null` for every target. */
  targets: z.nullable(
    z
      .array(z.string().check(z.minLength(1), z.maxLength(limits.hostPatternLength)))
      .check(z.minLength(1), z.maxLength(limits.channelTargets)),
  ),
  /** Only targets with one of these; `null`: every target. */
  tags: z._default(z.nullable(z.array(tagSchema).check(z.minLength(1), z.maxLength(limits.targetTags))), null),
  minimumSeverity: z.nullable(z.enum(severities)),
  findingNames: z.boolean(),
  /** Names as used for assigning findings and in notes; `null` for everybody. */
  people: z._default(
    z.nullable(z.array(channelNameSchema).check(z.minLength(1), z.maxLength(limits.channelPeople))),
    null,
  ),
  ...channelTiming,
};

/** An https URL for all kinds but "email". It is a secret: whoever knows it can send messages. */
export const receiverSchema = z.string().check(z.minLength(1), z.maxLength(limits.urlLength));

export const channelRequestSchema = z.strictObject({
  ...settings,
  kind: z.enum(channelKinds),
  receiver: receiverSchema,
});
export type ChannelRequest = z.output<typeof channelRequestSchema>;

/** The kind cannot change; without `receiver` the receiver does not change either. */
export const channelChangeSchema = z.strictObject({ ...settings, receiver: z.optional(receiverSchema) });
export type ChannelChange = z.output<typeof channelChangeSchema>;

export const channelState = {
  state: z.enum(["active", "paused"]),
  pausedBecause: z.nullable(z.enum(pauseReasons)),
  /** Number of consecutive failed attempts. */
  failures: z.int(),
  /** Number of notifications not delivered yet. */
  waiting: z.int(),
  lastDeliveredAt: z.nullable(instantSchema),
};

/** A channel as it is listed: without the address of its receiver and its secret. */
export const channelSchema = z.object({
  ...settings,
  ...channelState,
  id: z.string(),
  kind: z.enum(channelKinds),
  /** Name of the person whose own notifications these are; `null` for a channel that admins manage. */
  owner: z.nullable(z.string()),
  /** The mail address, or only the host of the URL. */
  receiver: z.string(),
  createdAt: instantSchema,
  createdBy: z.string(),
});
export type Channel = z.output<typeof channelSchema>;

export const deliveryAttemptSchema = z.object({
  at: instantSchema,
  outcome: z.enum(deliveryOutcomes),
  /** HTTP status or SMTP reply code; `null` without a response. */
  status: z.nullable(z.int()),
  durationMs: z.int(),
});
export type DeliveryAttempt = z.output<typeof deliveryAttemptSchema>;

/** A message to a channel. Its id is the same for every attempt. */
export const deliverySchema = z.object({
  id: z.string(),
  channelId: z.string(),
  kind: z.enum(deliveryKinds),
  state: z.enum(deliveryStates),
  /** Number of notifications in the message. */
  notifications: z.int(),
  createdAt: instantSchema,
  /** `null` if no attempt is planned. */
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
  /** Secret for signing messages, returned only this once; `null` for kinds that are not signed. */
  secret: z.nullable(z.string()),
});
const admin = { roles: ["admin"], audit: "handler", tokenScope: "people", status: 200 } as const;

/** Channels: where notifications are sent. Only people may manage them, never service tokens. */
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
  /** Creates a new secret; the old one also signs for one more day. */
  rotate: endpoint({
    method: "POST",
    path: "/api/channels/:id/rotate",
    ...admin,
    params: oneId,
    body: z.strictObject({}),
    response: channelAndSecret,
  }),
  /** Sends a message marked as a test; its outcome is in the list of deliveries. */
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
  /** Sends a message again with the same id. */
  replay: endpoint({
    method: "POST",
    path: "/api/deliveries/:id/replay",
    ...admin,
    params: oneId,
    body: z.strictObject({}),
    response: z.object({ delivery: deliverySchema }),
  }),
} as const;
