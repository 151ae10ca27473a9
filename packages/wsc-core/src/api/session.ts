import * as z from "zod/mini";
import { endpoint, roles } from "./endpoint.ts";

export const environments = ["public", "financial", "government", "custom"] as const;

/** Who is signed in, what they may do, and the settings a screen needs. No secret, not even a part of one. */
export const sessionSchema = z.object({
  user: z.object({ name: z.string(), roles: z.array(z.enum(roles)) }),
  /** Names of the endpoints this user may call, as "noun.verb". */
  permissions: z.array(z.string()),
  upstream: z.object({
    environment: z.enum(environments),
    /** Host of a custom upstream, so that nobody mistakes an emulator for the real thing. */
    host: z.string(),
    emulator: z.boolean(),
  }),
  timeZone: z.string(),
  listPollMs: z.int(),
  items: z.array(z.object({ word: z.string(), confirmed: z.boolean() })),
  userAgents: z.array(z.string()),
  speeds: z.array(z.string()),
  consentTextVersion: z.string(),
  /** Whether the dashboard's own calls may reach private addresses. */
  allowPrivateTargets: z.boolean(),
  version: z.string(),
});
export type Session = z.output<typeof sessionSchema>;

export const sessionEndpoints = {
  get: endpoint({ method: "GET", path: "/api/session", roles, response: sessionSchema, status: 200 }),
} as const;
