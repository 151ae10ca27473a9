import * as z from "zod/mini";
import type { AuditRule } from "./audit-rule.ts";

/**
 * Terms. endpoint: one method and path of our API as data, with the schemas of its input and output. contract: endpoints grouped
 * by noun. handler and client: types inferred from the contract, never written by hand.
 */
export const roles = ["viewer", "operator", "admin", "auditor"] as const;
export type Role = (typeof roles)[number];

type Schema = z.ZodMiniType;

/**
 * How service tokens limited to some targets may call an endpoint. Not set: they may not, while tokens for all targets may.
 * "people": no token may. "any": the endpoint reveals nothing about a target. "jobs": the jobs whose ids are in the input must be
 * of targets in the token's scope. "submission", "schedule": the one in the path must be, and so must a target in the body.
 * "body": the target in the body must be. "rows": rows of other targets are removed from the response.
 */
export const tokenScopes = ["people", "any", "jobs", "submission", "schedule", "body", "rows"] as const;
export type TokenScope = (typeof tokenScopes)[number];

export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Express notation, parameters as `:name`. */
  readonly path: string;
  /** Roles that may call it. */
  readonly roles: readonly Role[];
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly response: Schema;
  /**
   * How a successful response is sent. "serialised": the handler returns the bytes of JSON that was validated when it was built.
   * "file": a download, named by Content-Disposition. "events": the handler returns a stream of server-sent events, each
   * validated when it was built. Not set: JSON, validated by the schema when sent.
   */
  readonly answer?: "serialised" | "file" | "events";
  /** Field of the response that may hold thousands of entries, which a client parses in steps. */
  readonly longField?: { readonly name: string; readonly entries: Schema };
  /**
   * Set if the call needs an Idempotency-Key. "transaction": the handler stores its response in one transaction with its change;
   * "answer": it is stored after the handler has returned.
   */
  readonly idempotency?: "transaction" | "answer";
  /** How calls are recorded; default see `auditRuleOf`. */
  readonly audit?: AuditRule;
  /** Which service tokens may call it; default see `TokenScope`. */
  readonly tokenScope?: TokenScope;
  /** Status of a successful response. */
  readonly status: 200 | 202;
}

export type Contract = Readonly<Record<string, Readonly<Record<string, Endpoint>>>>;

/** Keeps the literal types of an endpoint. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}

type Part<E, K extends "params" | "query" | "body"> = E extends { [P in K]: infer S extends Schema }
  ? { [P in K]: z.output<S> }
  : unknown;
type WirePart<E, K extends "params" | "query" | "body"> = E extends { [P in K]: infer S extends Schema }
  ? { [P in K]: z.input<S> }
  : unknown;

/** Input of a handler: parsed parameters, query and body, if the endpoint has them. */
export type Input<E extends Endpoint> = Part<E, "params"> & Part<E, "query"> & Part<E, "body">;
/** What a client sends. */
export type WireInput<E extends Endpoint> = WirePart<E, "params"> & WirePart<E, "query"> & WirePart<E, "body">;
export type Output<E extends Endpoint> = z.output<E["response"]>;
/** Output of a handler, before the response schema parses it. */
export type WireOutput<E extends Endpoint> = z.input<E["response"]>;

/** Receives the events of a stream. */
export interface EventFollower {
  /** Sends an event in wire format (WHATWG HTML 9.2), the same bytes for all receivers. */
  send(bytes: Uint8Array): void;
  /** Called after the last event. */
  end(): void;
}
/** Starts the stream; resolves with an unsubscribe function after the first event was sent. Rejects at a connection limit. */
export type EventStream = (follower: EventFollower) => Promise<() => void>;

type Answer<E extends Endpoint> = E extends { answer: "serialised" }
  ? Uint8Array
  : E extends { answer: "events" }
    ? EventStream
    : WireOutput<E>;

export type Handlers<C extends Contract, Context> = {
  readonly [N in keyof C]: {
    readonly [V in keyof C[N]]: (input: Input<C[N][V]>, context: Context) => Promise<Answer<C[N][V]>>;
  };
};

/** A download: the response of an endpoint with `answer: "file"`. */
export const fileSchema = z.object({
  /** ASCII letters, digits, dots, hyphens and underscores only. */
  fileName: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/)),
  mediaType: z.string(),
  content: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type FileAnswer = z.output<typeof fileSchema>;
