import * as z from "zod/mini";
import { endpoint } from "./endpoint.ts";
import { signInSchema } from "./sign-in.ts";
import { webUrlSchema } from "./web-url.ts";

const actors = ["operator", "admin"] as const;

/** Longest excerpt of a page that a check gives back, in characters. */
export const excerptLength = 600;

export const targetEndpoints = {
  /** Fetches the target, or signs in to it, as the dashboard will do it when the submission is due. */
  check: endpoint({
    method: "POST",
    path: "/api/targets/check",
    roles: actors,
    body: z.strictObject({ startUrl: webUrlSchema, signIn: z._default(signInSchema, { kind: "none" }) }),
    response: z.object({
      /** Where the last redirect led. */
      finalUrl: z.string(),
      status: z.int(),
      /** Names of the cookies that were seen; never a value. */
      cookieNames: z.array(z.string()),
      /** The page's beginning as text. Hostile text. */
      excerpt: z.string(),
    }),
    status: 200,
  }),
  /** The file that proves who may have a managed server scanned: what it holds, where it belongs, and whether it stands there. */
  ownership: endpoint({
    method: "POST",
    path: "/api/targets/ownership",
    roles: actors,
    body: z.strictObject({ startUrl: webUrlSchema }),
    response: z.object({
      fileName: z.string(),
      content: z.string(),
      /** Any one of them is enough. */
      urls: z.array(z.string()),
      verified: z.boolean(),
      /** What was found at each of the `urls`, in their order. */
      tried: z.array(
        z.object({
          url: z.string(),
          found: z.enum(["match", "other", "missing", "failed"]),
          /** Status of the target's answer, when there was one. */
          status: z.optional(z.int()),
          /** Why there was none. */
          code: z.optional(z.string()),
        }),
      ),
    }),
    status: 200,
  }),
} as const;
