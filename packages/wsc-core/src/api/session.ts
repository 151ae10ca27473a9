import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { sessionSignInSchema } from "../errors/problem.ts";
import { endpoint, roles } from "./endpoint.ts";

export const environments = ["public", "financial", "government", "custom"] as const;

/** How people are identified; a server has exactly one. */
export const authModes = ["jwt", "header", "oidc", "dev"] as const;
export type AuthMode = (typeof authModes)[number];

/** The authenticated person, their permissions, and the settings that screens need. Holds no secret, not even part of one. */
export const sessionSchema = z.object({
  user: z.object({ name: z.string(), roles: z.array(z.enum(roles)) }),
  authMode: z.enum(authModes),
  /** When the session ends unless renewed; `null` if only the proxy knows. */
  endsAt: z.nullable(instantSchema),
  signIn: sessionSignInSchema,
  /** Endpoints this user may call, as "noun.verb". */
  permissions: z.array(z.string()),
  upstream: z.object({
    environment: z.enum(environments),
    /** Host of a custom upstream, so that people do not mistake an emulator for the real one. */
    host: z.string(),
    emulator: z.boolean(),
    /** Origin of the emulator's demo site, which can be scanned to try the product; `null` if there is none. */
    demoSite: z.nullable(z.string()),
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
  /** Does not count as activity: polling it does not extend the session. */
  get: endpoint({
    method: "GET",
    path: "/api/session",
    roles,
    response: sessionSchema,
    tokenScope: "any",
    status: 200,
  }),
  /** Extends the session by restarting its idle timeout. */
  extend: endpoint({
    method: "POST",
    path: "/api/session/extend",
    roles,
    body: z.strictObject({}),
    response: sessionSchema,
    audit: "handler",
    tokenScope: "people",
    status: 200,
  }),
} as const;
