import * as z from "zod/mini";
import { instantSchema } from "../domain/scalars.ts";
import { endpoint, roles } from "./endpoint.ts";
import { limits } from "./limits.ts";

export const tokenStates = ["active", "expired", "revoked"] as const;
export type TokenState = (typeof tokenStates)[number];

/** A service token in lists: everything but its text, which only the response to its creation holds. */
export const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  /** Host patterns of the targets it is limited to; `null` for all targets. */
  targets: z.nullable(z.array(z.string())),
  state: z.enum(tokenStates),
  createdAt: instantSchema,
  createdBy: z.string(),
  expiresAt: instantSchema,
  /** To the minute; `null`: never used. */
  lastUsedAt: z.nullable(instantSchema),
  revokedAt: z.nullable(instantSchema),
});
export type Token = z.output<typeof tokenSchema>;

/** A display name: no control characters, no white space at its ends, and not a token by mistake. */
const nameSchema = z.string().check(
  z.minLength(1),
  z.maxLength(limits.tokenNameLength),
  z.refine((name) => name === name.trim() && !/\p{C}|\p{Zl}|\p{Zp}|wsc_[0-9A-Za-z]{42}/u.test(name)),
);

export const tokenRequestSchema = z.strictObject({
  name: nameSchema,
  role: z.enum(roles),
  /** As in WSC_TARGET_ALLOWLIST: `www.example.com`, `*.example.com`. */
  targets: z.nullable(
    z
      .array(z.string().check(z.minLength(1), z.maxLength(limits.hostPatternLength)))
      .check(z.minLength(1), z.maxLength(limits.tokenTargets)),
  ),
  expiresInDays: z.int().check(z.minimum(1), z.maximum(limits.tokenDays)),
});
export type TokenRequest = z.output<typeof tokenRequestSchema>;

const oneToken = z.strictObject({ id: z.string().check(z.regex(/^[0-9a-z-]{1,64}$/)) });

/** Service tokens: credentials of programs. Only a person may manage them, never a token. */
export const tokenEndpoints = {
  list: endpoint({
    method: "GET",
    path: "/api/tokens",
    roles: ["admin"],
    /** Newest first; those that ended are kept for 30 days. */
    response: z.object({ tokens: z.array(tokenSchema) }),
    tokenScope: "people",
    status: 200,
  }),
  create: endpoint({
    method: "POST",
    path: "/api/tokens",
    roles: ["admin"],
    body: tokenRequestSchema,
    /** `text` is shown this once: the database has its hash only. */
    response: z.object({ token: tokenSchema, text: z.string() }),
    audit: "handler",
    tokenScope: "people",
    status: 200,
  }),
  revoke: endpoint({
    method: "DELETE",
    path: "/api/tokens/:id",
    roles: ["admin"],
    params: oneToken,
    body: z.strictObject({}),
    response: z.object({ token: tokenSchema }),
    audit: "handler",
    tokenScope: "people",
    status: 200,
  }),
} as const;
