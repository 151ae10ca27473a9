import * as z from "zod/mini";
import { type ErrorEntry, errorEntry } from "./catalogue.ts";

/** One field at fault: `pointer` is a JSON pointer into the request, `code` a code of the catalogue. */
export const fieldErrorSchema = z.object({ pointer: z.string(), code: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** URLs of this dashboard or its proxy. A URL of kind `post` is called like an endpoint and returns the next URL. */
export const sessionSignInSchema = z.object({
  /** URL to open in the browser. */
  startUrl: z.nullable(z.string()),
  end: z.nullable(z.object({ kind: z.enum(["link", "post"]), url: z.string() })),
});
export type SessionSignIn = z.infer<typeof sessionSignInSchema>;

/** The body of every failed answer of our API (RFC 9457, media type application/problem+json). */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  requestId: z.string(),
  retryable: z.boolean(),
  errors: z.optional(z.array(fieldErrorSchema)),
  /** Seconds to wait, when the upstream named a time. */
  retryAfter: z.optional(z.number()),
  /** The vendor's message, for codes without a text of ours. Hostile text. */
  upstreamMessage: z.optional(z.string()),
  /** For 160701: when the report expired. */
  expiredAt: z.optional(z.string()),
  /** For authentication errors: where to log in or out, if the dashboard has such a URL. */
  signIn: z.optional(sessionSignInSchema),
  /** The authenticated person who has no access, perhaps because of the wrong one of several accounts. */
  signedInAs: z.optional(z.string()),
  /** For VERDICT_CHANGED: the current state. */
  present: z.optional(z.record(z.string(), z.unknown())),
  /** For 160351 of a tested login: the page to which it led, and why it counts as failed, as in a successful response. */
  seen: z.optional(z.record(z.string(), z.unknown())),
});
export type Problem = z.infer<typeof problemSchema>;

export interface WscErrorDetails {
  readonly errors?: readonly FieldError[] | undefined;
  readonly retryAfter?: number | undefined;
  readonly upstreamMessage?: string | undefined;
  readonly expiredAt?: string | undefined;
  readonly signIn?: SessionSignIn | undefined;
  readonly signedInAs?: string | undefined;
  readonly present?: Readonly<Record<string, unknown>> | undefined;
  readonly seen?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
  /** The refused person or token, if authenticated: for the log, never for the response. */
  readonly actor?: string | undefined;
}

/**
 * The one error type that crosses our layers. `code` is its identity (the vendor's digits or NOUN_PROBLEM);
 * `message` and `cause` are for the log and never reach a browser.
 */
export class WscError extends Error {
  override readonly name = "WscError";
  readonly code: string;
  readonly details: WscErrorDetails;

  constructor(code: string, operatorMessage?: string, details: WscErrorDetails = {}) {
    // The browser's code has no meanings: the build leaves them out.
    const { meaning = code }: Partial<ErrorEntry> = errorEntry(code);
    super(operatorMessage ?? meaning, { cause: details.cause });
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return errorEntry(this.code).status;
  }

  get retryable(): boolean {
    return errorEntry(this.code).retry !== "no";
  }
}

/** Returns the problem document of an error; it contains only what the catalogue and `details` say. */
export function toProblem(error: WscError, requestId: string): Problem {
  const { errors, retryAfter, upstreamMessage, expiredAt, signIn, signedInAs, present, seen } = error.details;
  return {
    type: `urn:wsc-dashboard:error:${error.code}`,
    title: errorEntry(error.code).meaning,
    status: error.status,
    code: error.code,
    requestId,
    retryable: error.retryable,
    ...(errors && errors.length > 0 ? { errors: [...errors] } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(upstreamMessage === undefined ? {} : { upstreamMessage }),
    ...(expiredAt === undefined ? {} : { expiredAt }),
    ...(signIn === undefined ? {} : { signIn }),
    ...(signedInAs === undefined ? {} : { signedInAs }),
    ...(present === undefined ? {} : { present: { ...present } }),
    ...(seen === undefined ? {} : { seen: { ...seen } }),
  };
}
