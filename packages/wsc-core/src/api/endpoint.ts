import * as z from "zod/mini";
import type { AuditRule } from "./audit-rule.ts";

/**
 * Terms. endpoint: one method and path of our API as data, with the schema of everything that goes in and out.
 * contract: endpoints grouped by noun. handler and client: inferred from the contract, never typed by hand.
 */
export const roles = ["viewer", "operator", "admin", "auditor"] as const;
export type Role = (typeof roles)[number];

type Schema = z.ZodMiniType;

/**
 * How service tokens that are limited to some targets may call an endpoint; without it they may not, and tokens for all targets
 * may. "people": no token at all. "any": it tells of no target. "jobs": those jobs whose ids are in the input must be of targets
 * in the scope. "submission", "schedule": the one in the path must be, and so must a target in the body. "body": the target in
 * the body must be. "rows": rows of the answer that are of other targets are left out.
 */
export const tokenScopes = ["people", "any", "jobs", "submission", "schedule", "body", "rows"] as const;
export type TokenScope = (typeof tokenScopes)[number];

export interface Endpoint {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Express notation, parameters as `:name`. */
  readonly path: string;
  /** Who may call it. */
  readonly roles: readonly Role[];
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  readonly response: Schema;
  /**
   * How the good answer travels. "serialised": the handler hands over JSON that the schema read when it was made, as bytes.
   * "file": something to save, named by Content-Disposition. "events": the handler hands over a stream of server-sent events, each
   * read by the schema when it was made. Absent: JSON, read by the schema on its way out.
   */
  readonly answer?: "serialised" | "file" | "events";
  /** The field of the response that may hold thousands of entries: a client reads them a few at a time. */
  readonly longField?: { readonly name: string; readonly entries: Schema };
  /**
   * Whether the call needs an Idempotency-Key. "transaction": the handler keeps its answer together with what it changed;
   * "answer": it is kept once the handler has answered.
   */
  readonly idempotency?: "transaction" | "answer";
  /** How calls are recorded; see `auditRuleOf` for what holds without it. */
  readonly audit?: AuditRule;
  /** What service tokens may call; see `TokenScope` for what holds without it. */
  readonly tokenScope?: TokenScope;
  /** Status of the good answer. */
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

/** What a handler receives: parsed parameters, query and body, as far as the endpoint has them. */
export type Input<E extends Endpoint> = Part<E, "params"> & Part<E, "query"> & Part<E, "body">;
/** What a client sends. */
export type WireInput<E extends Endpoint> = WirePart<E, "params"> & WirePart<E, "query"> & WirePart<E, "body">;
export type Output<E extends Endpoint> = z.output<E["response"]>;
/** What a handler answers, before the response schema has read it. */
export type WireOutput<E extends Endpoint> = z.input<E["response"]>;

/** The receiver of a stream. */
export interface EventFollower {
  /** An event as it travels (WHATWG HTML 9.2), the same bytes for all receivers. */
  send(bytes: Uint8Array): void;
  /** Nothing more will come. */
  end(): void;
}
/** Begins to tell; resolves, with how to leave, when the first event was sent. Rejects when there is no room. */
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

/** Something to save: the response of an endpoint with `answer: "file"`. */
export const fileSchema = z.object({
  /** ASCII letters, digits, dots, hyphens and underscores only. */
  fileName: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/)),
  mediaType: z.string(),
  content: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
});
export type FileAnswer = z.output<typeof fileSchema>;
