import * as z from "zod/mini";
import { ownTargetEvents, personalEvents } from "../domain/notification.ts";
import { channelNameSchema, channelState, channelTiming, deliverySchema, receiverSchema } from "./channels.ts";
import { endpoint } from "./endpoint.ts";
import { limits } from "./limits.ts";

/** Events of which a person may be told by mail. */
export const ownEvents = [...personalEvents, ...ownTargetEvents] as const;
export type OwnEvent = (typeof ownEvents)[number];

const settings = {
  /** A mail address. */
  receiver: receiverSchema,
  /** Names that mean the person: as owner of findings and targets, and in notes after an @. */
  names: z.array(channelNameSchema).check(z.minLength(1), z.maxLength(limits.ownNames)),
  events: z.array(z.enum(ownEvents)).check(z.minLength(1), z.maxLength(ownEvents.length)),
  ...channelTiming,
};

export const ownChannelRequestSchema = z.strictObject(settings);
export type OwnChannelRequest = z.output<typeof ownChannelRequestSchema>;

export const ownChannelSchema = z.object({ ...settings, ...channelState });
export type OwnChannel = z.output<typeof ownChannelSchema>;

const person = {
  roles: ["viewer", "operator", "admin", "auditor"],
  audit: "handler",
  tokenScope: "people",
  status: 200,
} as const;
const answer = z.object({ channel: ownChannelSchema });

/** A person's own notifications by mail: what concerns the person, and the targets that the person owns. */
export const ownChannelEndpoints = {
  get: endpoint({
    method: "GET",
    path: "/api/own-channel",
    ...person,
    audit: "none",
    response: z.object({
      /** `null` while they are off. */
      channel: z.nullable(ownChannelSchema),
      /** Whether WSC_SMTP_URL and WSC_MAIL_FROM are set. */
      isMailSet: z.boolean(),
    }),
  }),
  /** Turns them on, or changes them. */
  save: endpoint({
    method: "PUT",
    path: "/api/own-channel",
    ...person,
    body: ownChannelRequestSchema,
    response: answer,
  }),
  /** Turns them off; what waits is dropped. */
  remove: endpoint({
    method: "DELETE",
    path: "/api/own-channel",
    ...person,
    body: z.strictObject({}),
    response: z.object({}),
  }),
  /** Sends them again after a pause because of failures. */
  resume: endpoint({
    method: "POST",
    path: "/api/own-channel/resume",
    ...person,
    body: z.strictObject({}),
    response: answer,
  }),
  /** Sends a message marked as a test. */
  test: endpoint({
    method: "POST",
    path: "/api/own-channel/test",
    ...person,
    body: z.strictObject({}),
    response: z.object({ delivery: deliverySchema }),
  }),
} as const;
