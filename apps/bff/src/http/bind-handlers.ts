import {
  auditActionOf,
  auditRuleOf,
  type Contract,
  type Endpoint,
  type EventStream,
  fileSchema,
  type Handlers,
  WscError,
} from "@wsc-dashboard/wsc-core";
import { type Request, type RequestHandler, type Response, Router } from "express";
import { LRUCache } from "lru-cache";
import type { AuditJournal } from "../audit/audit-journal.ts";
import type { DenialLog } from "../audit/denial-log.ts";
import { isDenial } from "../audit/denials.ts";
import type { CallContext } from "../calls/call-context.ts";
import type { IdempotentRequest, KeptAnswer } from "../database/idempotency.ts";
import type { User } from "../identity/identity.ts";
import { workFor } from "../shares/current-person.ts";
import { auditActOf } from "./audit-act.ts";
import { acceptsBrotli, brotliOf } from "./brotli.ts";
import { etagOf, hasEtag, keptEtagOf } from "./entity-tag.ts";
import { sendEvents } from "./event-stream.ts";
import { inputError } from "./field-errors.ts";
import { contextOf } from "./request-context.ts";

/** Longest a handler may take, in milliseconds; above the upstream's own limits. */
const handlerLimitMs = 60_000;

function readPart(endpoint: Endpoint, part: "params" | "query" | "body", value: unknown): unknown {
  const schema = endpoint[part];
  if (schema === undefined) return undefined;
  const read = schema.safeParse(value, { reportInput: true });
  if (!read.success) throw inputError(read.error.issues, part);
  return read.data;
}

/** The keeping of answers under an Idempotency-Key, as far as the binding needs it. */
export interface AnswerKeeper {
  requestOf(user: string, endpoint: string, key: string, content: unknown): IdempotentRequest;
  take(request: IdempotentRequest): Promise<KeptAnswer | null>;
  keep(request: IdempotentRequest, answer: KeptAnswer): Promise<void>;
  release(request: IdempotentRequest): Promise<void>;
}

function readIdempotencyKey(endpoint: Endpoint, request: Request): string | null {
  if (endpoint.idempotency === undefined) return null;
  const keys = request.headersDistinct["idempotency-key"] ?? [];
  const [key] = keys;
  if (keys.length === 1 && key !== undefined && /^[A-Za-z0-9_-]{16,64}$/.test(key)) return key;
  throw new WscError("IDEMPOTENCY_KEY_INVALID", undefined, {
    errors: [{ pointer: "/Idempotency-Key", code: "IDEMPOTENCY_KEY_INVALID" }],
  });
}

/** Where a browser's EventSource left off, under the name that our own client uses. */
function lastEventOf(endpoint: Endpoint, request: Request): { after?: string } {
  const id = endpoint.answer === "events" ? request.get("Last-Event-ID") : undefined;
  return id !== undefined && /^[0-9]{1,15}$/.test(id) ? { after: id } : {};
}

/** What a call was asked with, as the contract reads it. */
interface Input {
  readonly params: unknown;
  readonly query: unknown;
}

/** Addresses whose reading is remembered, and the longest of them. */
const maxAddresses = 500;
const maxAddressLength = 300;

/**
 * Reads parameters and query. For answers that are kept as bytes, what an address came to is remembered: it is asked for again and
 * again, and nothing else decides.
 */
function createInputReader(endpoint: Endpoint): (request: Request, isAllowed: () => void) => Input {
  const known = endpoint.answer === "serialised" ? new LRUCache<string, Input>({ max: maxAddresses }) : null;
  return (request, isAllowed) => {
    const before = known?.get(request.url);
    if (before !== undefined) {
      isAllowed();
      return before;
    }
    // Ids first: nothing else may look at a path that is not digits.
    const params = readPart(endpoint, "params", request.params);
    isAllowed();
    const query = readPart(endpoint, "query", { ...lastEventOf(endpoint, request), ...request.query });
    const input = { params: Object.freeze(params), query: Object.freeze(query) };
    if (request.url.length <= maxAddressLength) known?.set(request.url, input);
    return input;
  };
}

/** Which calls and targets a service token is held to; people pass. */
export interface CallScope {
  /** Throws TOKEN_OUT_OF_SCOPE. */
  check(endpoint: Endpoint, user: User, input: CallInput): Promise<void>;
  /** The answer without what the token may not see. */
  visible(endpoint: Endpoint, user: User, answer: unknown): unknown;
}

interface CallInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

type AnyHandler = (input: unknown, context: CallContext) => Promise<unknown>;

interface Binding {
  readonly endpoint: Endpoint;
  /** The word for its calls in the audit log. */
  readonly action: string;
  readonly handler: AnyHandler;
  readonly keeper: AnswerKeeper;
  readonly journal: AuditJournal;
  readonly denials: Pick<DenialLog, "add">;
  readonly readInput: ReturnType<typeof createInputReader>;
  readonly scope: CallScope;
}

/** Serves a call; a denial is recorded before the answer. */
async function serve(binding: Binding, request: Request, response: Response): Promise<void> {
  contextOf(request).route = binding.endpoint.path;
  try {
    await serveAllowed(binding, request, response);
  } catch (error) {
    const { user, requestId } = contextOf(request);
    if (user !== null && error instanceof WscError && isDenial(error.code)) {
      await binding.denials.add(auditActOf(binding.action, request, user, requestId), error);
    }
    throw error;
  }
}

async function serveAllowed(
  { endpoint, action, handler, keeper, journal, scope, readInput }: Binding,
  request: Request,
  response: Response,
): Promise<void> {
  const context = contextOf(request);
  const { user, requestId } = context;
  if (user === null) throw new WscError("SESSION_REQUIRED");
  const { params, query } = readInput(request, () => {
    if (!endpoint.roles.some((role) => user.roles.includes(role))) throw new WscError("ROLE_FORBIDDEN");
  });
  const key = readIdempotencyKey(endpoint, request);
  const body = readPart(endpoint, "body", request.body);
  await scope.check(endpoint, user, { params, query, body });
  const idempotent = key === null ? null : keeper.requestOf(user.id, `${endpoint.method} ${request.path}`, key, body);
  const call: CallContext = {
    user,
    get logger() {
      return context.logger;
    },
    requestId,
    idempotent,
    markReplayed: () => response.setHeader("Idempotency-Replayed", "true"),
  };
  if (endpoint.answer === "events") {
    await sendEvents(request, response, (await handler({ params, query, body }, call)) as EventStream);
    return;
  }
  const act = (): Promise<unknown> => withLimit(workFor(user.id, () => handler({ params, query, body }, call)));
  if (endpoint.answer === "serialised") {
    const bytes = visibleBytes(scope, endpoint, user, await act());
    await sendBytes(request, response.status(endpoint.status), bytes);
    return;
  }
  // Reading our own answer drops every field the contract does not name.
  const work = async (): Promise<unknown> => scope.visible(endpoint, user, endpoint.response.parse(await act()));
  const answer = (): Promise<unknown> =>
    auditRuleOf(endpoint) === "call" ? journal.around(auditActOf(action, request, user, requestId), work) : work();
  if (endpoint.answer === "file") {
    const { fileName, mediaType, content } = fileSchema.parse(await answer());
    response.setHeader("Content-Disposition", `attachment; filename="${fileName}"`);
    response.status(endpoint.status).type(mediaType).send(content);
    return;
  }

  if (endpoint.method === "GET") {
    sendJson(request, response, await answer());
    return;
  }
  if (idempotent === null || endpoint.idempotency !== "answer") {
    response.status(endpoint.status).json(await answer());
    return;
  }
  const kept = await keeper.take(idempotent);
  if (kept !== null) {
    call.markReplayed();
    response.status(kept.status).json(kept.body);
    return;
  }
  try {
    const fresh = { status: endpoint.status, body: await answer() };
    await keeper.keep(idempotent, fresh);
    response.status(fresh.status).json(fresh.body);
  } catch (error) {
    await keeper.release(idempotent);
    throw error;
  }
}

/** Serialised JSON without rows that a service token may not see; the same bytes for everybody else. */
function visibleBytes(scope: CallScope, endpoint: Endpoint, user: User, bytes: unknown): unknown {
  if (endpoint.tokenScope !== "rows" || !(bytes instanceof Uint8Array) || !user.token?.targets) return bytes;
  const answer: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
  return Buffer.from(JSON.stringify(scope.visible(endpoint, user, answer)));
}

/** Sends what was read, unless the client has it already. Never compressed: the length would tell of secrets in it. */
function sendJson(request: Request, response: Response, value: unknown): void {
  const bytes = Buffer.from(JSON.stringify(value));
  const etag = etagOf(bytes);
  response.setHeader("ETag", etag);
  if (hasEtag(request, etag)) response.status(304).end();
  else response.status(200).type("json").send(bytes);
}

/** Sends JSON that the handler has written itself, as small as the asker can take it. */
async function sendBytes(request: Request, response: Response, bytes: unknown): Promise<void> {
  if (!(bytes instanceof Uint8Array)) throw new TypeError("a serialised answer is no bytes");
  const etag = keptEtagOf(bytes);
  response.setHeader("ETag", etag);
  response.setHeader("Vary", "Sec-Fetch-Site, Origin, Accept-Encoding");
  if (response.statusCode === 200 && hasEtag(request, etag)) {
    response.status(304).end();
    return;
  }
  const brotli = acceptsBrotli(request) ? await brotliOf(bytes) : null;
  if (brotli !== null) response.setHeader("Content-Encoding", "br");
  const sent = brotli ?? bytes;
  response.setHeader("Content-Type", "application/json; charset=utf-8");
  response.setHeader("Content-Length", sent.length);
  response.end(sent);
}

async function withLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WscError("UPSTREAM_TIMEOUT", "the handler took too long")), handlerLimitMs);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Contract and handlers → routes. A known path with another method is 405, anything else falls through. What is asked for at a path without
 * parameters is found at once; a router tries all of its routes in turn.
 */
export function bindHandlers<C extends Contract>(
  contract: C,
  handlers: Handlers<C, CallContext>,
  parts: Pick<Binding, "keeper" | "journal" | "denials" | "scope">,
): RequestHandler {
  const router = Router({ caseSensitive: true, strict: true });
  const methodsByPath = new Map<string, string[]>();
  const bindings = new Map<string, Binding>();
  for (const [noun, endpoints] of Object.entries(contract)) {
    for (const [verb, endpoint] of Object.entries(endpoints)) {
      const handler = (handlers[noun] as Record<string, AnyHandler>)[verb];
      if (handler === undefined) throw new Error(`no handler for ${noun}.${verb}`);
      const method = endpoint.method.toLowerCase() as "get" | "post" | "put" | "delete";
      const readInput = createInputReader(endpoint);
      const action = auditActionOf(noun, verb);
      const binding: Binding = { endpoint, action, handler, ...parts, readInput };
      if (!endpoint.path.includes(":")) bindings.set(`${endpoint.method} ${endpoint.path}`, binding);
      router[method](endpoint.path, (request, response) => serve(binding, request, response));
      methodsByPath.set(endpoint.path, [...(methodsByPath.get(endpoint.path) ?? []), endpoint.method]);
    }
  }
  for (const [path, methods] of methodsByPath) {
    router.all(path, (_request, response) => {
      response.setHeader("Allow", methods.join(", "));
      throw new WscError("METHOD_NOT_ALLOWED");
    });
  }
  return (request, response, next) => {
    const binding = bindings.get(`${request.method} ${request.path}`);
    return binding === undefined ? router(request, response, next) : serve(binding, request, response);
  };
}
