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
import { createPersonRate } from "../shares/person-rate.ts";
import { auditActOf } from "./audit-act.ts";
import { acceptsBrotli, brotliOf } from "./brotli.ts";
import { endWithBytes } from "./end-with-bytes.ts";
import { etagOf, hasEtag, keptEtagOf } from "./entity-tag.ts";
import { sendEvents } from "./event-stream.ts";
import { inputError } from "./field-errors.ts";
import { contextOf } from "./request-context.ts";

/** Time limit of a handler, in milliseconds; above the upstream's own limits. */
const handlerLimitMs = 60_000;
/** Reads that are recorded, such as exports: every role may make them, and each adds to the audit log for good. */
const recordedReads = { burst: 300, perSecond: 1 } as const;

function readPart(endpoint: Endpoint, part: "params" | "query" | "body", value: unknown): unknown {
  const schema = endpoint[part];
  if (schema === undefined) return undefined;
  const read = schema.safeParse(value, { reportInput: true });
  if (!read.success) throw inputError(read.error.issues, part);
  return read.data;
}

/** Storage of responses by Idempotency-Key. */
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

/** Last-Event-ID of a browser's EventSource, as the query parameter that our client uses. */
function lastEventOf(endpoint: Endpoint, request: Request): { after?: string } {
  const id = endpoint.answer === "events" ? request.get("Last-Event-ID") : undefined;
  return id !== undefined && /^[0-9]{1,15}$/.test(id) ? { after: id } : {};
}

/** Validated parameters and query. */
interface Input {
  readonly params: unknown;
  readonly query: unknown;
}

/** Maximum number and length of cached URLs. */
const maxAddresses = 500;
const maxAddressLength = 300;

/**
 * Reads parameters and query. For serialised responses the result is cached by URL: the same URLs are requested often, and
 * nothing else affects the result.
 */
function createInputReader(endpoint: Endpoint): (request: Request, isAllowed: () => void) => Input {
  const known = endpoint.answer === "serialised" ? new LRUCache<string, Input>({ max: maxAddresses }) : null;
  return (request, isAllowed) => {
    const before = known?.get(request.url);
    if (before !== undefined) {
      isAllowed();
      return before;
    }
    // Ids are validated first: no other code may see a path with invalid ones.
    const params = readPart(endpoint, "params", request.params);
    isAllowed();
    const query = readPart(endpoint, "query", { ...lastEventOf(endpoint, request), ...request.query });
    const input = { params: Object.freeze(params), query: Object.freeze(query) };
    if (request.url.length <= maxAddressLength) known?.set(request.url, input);
    return input;
  };
}

/** Limits a service token to its calls and targets; people pass. */
export interface CallScope {
  /** Throws TOKEN_OUT_OF_SCOPE. */
  check(endpoint: Endpoint, user: User, input: CallInput): Promise<void>;
  /** The response without rows that the token may not see. */
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
  /** Name of its calls in the audit log. */
  readonly action: string;
  readonly handler: AnyHandler;
  readonly keeper: AnswerKeeper;
  readonly journal: AuditJournal;
  readonly denials: Pick<DenialLog, "add">;
  readonly readInput: ReturnType<typeof createInputReader>;
  readonly scope: CallScope;
  /** Throws when the person's share of such calls is used up. */
  readonly takeShare: (personId: string) => void;
}

/** Serves a call; a denial is recorded before the response. */
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
  { endpoint, action, handler, keeper, journal, scope, readInput, takeShare }: Binding,
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
  takeShare(user.id);
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
  // Parsing our own response drops fields that the contract does not define.
  const work = async (): Promise<unknown> => scope.visible(endpoint, user, endpoint.response.parse(await act()));
  const answer = (): Promise<unknown> =>
    auditRuleOf(endpoint) === "call" ? journal.around(auditActOf(action, request, user, requestId), work) : work();
  if (endpoint.answer === "file") {
    const { fileName, mediaType, content } = fileSchema.parse(await answer());
    response.setHeader("Content-Disposition", `attachment; filename="${fileName}"`);
    await endWithBytes(response.status(endpoint.status).type(mediaType), content);
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

/** Serialised JSON without rows that a service token may not see; for all other callers the same bytes. */
function visibleBytes(scope: CallScope, endpoint: Endpoint, user: User, bytes: unknown): unknown {
  if (endpoint.tokenScope !== "rows" || !(bytes instanceof Uint8Array) || !user.token?.targets) return bytes;
  const answer: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
  return Buffer.from(JSON.stringify(scope.visible(endpoint, user, answer)));
}

/** Sends JSON, or 304 if the client has it. Never compressed: the length could reveal secrets in it. */
function sendJson(request: Request, response: Response, value: unknown): void {
  const bytes = Buffer.from(JSON.stringify(value));
  const etag = etagOf(bytes);
  response.setHeader("ETag", etag);
  if (hasEtag(request, etag)) response.status(304).end();
  else response.status(200).type("json").send(bytes);
}

/** Sends JSON that the handler has serialised, compressed if the client accepts it. */
async function sendBytes(request: Request, response: Response, bytes: unknown): Promise<void> {
  if (!(bytes instanceof Uint8Array)) throw new TypeError("a serialised answer is no bytes");
  const kept = keptEtagOf(bytes);
  const etag = typeof kept === "string" ? kept : await kept;
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
  await endWithBytes(response, sent);
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
 * Binds handlers to the routes of the contract. Another method on a known path is 405; unknown paths fall through. Paths without
 * parameters are looked up in a map, since a router tries all its routes in turn.
 */
export function bindHandlers<C extends Contract>(
  contract: C,
  handlers: Handlers<C, CallContext>,
  parts: Pick<Binding, "keeper" | "journal" | "denials" | "scope">,
): RequestHandler {
  const router = Router({ caseSensitive: true, strict: true });
  const methodsByPath = new Map<string, string[]>();
  const bindings = new Map<string, Binding>();
  const takeRecordedRead = createPersonRate(recordedReads, "exports");
  for (const [noun, endpoints] of Object.entries(contract)) {
    for (const [verb, endpoint] of Object.entries(endpoints)) {
      const handler = (handlers[noun] as Record<string, AnyHandler>)[verb];
      if (handler === undefined) throw new Error(`no handler for ${noun}.${verb}`);
      const method = endpoint.method.toLowerCase() as "get" | "post" | "put" | "delete";
      const readInput = createInputReader(endpoint);
      const action = auditActionOf(noun, verb);
      const isRecordedRead = endpoint.method === "GET" && auditRuleOf(endpoint) !== "none";
      const takeShare = isRecordedRead ? takeRecordedRead : () => {};
      const binding: Binding = { endpoint, action, handler, ...parts, readInput, takeShare };
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
