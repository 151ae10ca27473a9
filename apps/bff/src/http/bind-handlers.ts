import { type Contract, type Endpoint, type Handlers, WscError } from "@wsc-dashboard/wsc-core";
import { type Request, type Response, Router } from "express";
import type { User } from "../identity/identity.ts";
import type { Logger } from "../log/logger.ts";
import { inputError } from "./field-errors.ts";
import { contextOf } from "./request-context.ts";

/** What a handler may know about the call. */
export interface CallContext {
  readonly user: User;
  readonly logger: Logger;
  readonly requestId: string;
  readonly idempotencyKey: string | undefined;
  /** Marks the answer as that of an earlier, identical call. */
  markReplayed(): void;
}

/** Longest a handler may take, in milliseconds; above the upstream's own limits. */
const handlerLimitMs = 60_000;

function readPart(endpoint: Endpoint, part: "params" | "query" | "body", value: unknown): unknown {
  const schema = endpoint[part];
  if (schema === undefined) return undefined;
  const read = schema.safeParse(value, { reportInput: true });
  if (!read.success) throw inputError(read.error.issues, part);
  return read.data;
}

type AnyHandler = (input: unknown, context: CallContext) => Promise<unknown>;

async function serve(endpoint: Endpoint, handler: AnyHandler, request: Request, response: Response): Promise<void> {
  const context = contextOf(request);
  const { user } = context;
  if (user === null) throw new WscError("SESSION_REQUIRED");
  // Ids first: nothing else may look at a path that is not digits.
  const params = readPart(endpoint, "params", request.params);
  if (!endpoint.roles.some((role) => user.roles.includes(role))) throw new WscError("ROLE_FORBIDDEN");
  const query = readPart(endpoint, "query", { ...request.query });
  const body = readPart(endpoint, "body", request.body);
  const keys = request.headersDistinct["idempotency-key"];
  if (keys !== undefined && (keys.length !== 1 || !/^[A-Za-z0-9_-]{16,64}$/.test(keys[0] ?? ""))) {
    throw new WscError("IDEMPOTENCY_KEY_INVALID", undefined, {
      errors: [{ pointer: "/Idempotency-Key", code: "IDEMPOTENCY_KEY_INVALID" }],
    });
  }
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WscError("UPSTREAM_TIMEOUT", "the handler took too long")), handlerLimitMs);
  });
  try {
    const call: CallContext = {
      user,
      logger: context.logger,
      requestId: context.requestId,
      idempotencyKey: keys?.[0],
      markReplayed: () => response.setHeader("Idempotency-Replayed", "true"),
    };
    const answer = await Promise.race([handler({ params, query, body }, call), limit]);
    // Reading our own answer drops every field the contract does not name.
    response.status(endpoint.status).json(endpoint.response.parse(answer));
  } finally {
    clearTimeout(timer);
  }
}

/** Contract and handlers → routes. A known path with another method is 405, anything else falls through. */
export function bindHandlers<C extends Contract>(contract: C, handlers: Handlers<C, CallContext>): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const methodsByPath = new Map<string, string[]>();
  for (const [noun, endpoints] of Object.entries(contract)) {
    for (const [verb, endpoint] of Object.entries(endpoints)) {
      const handler = (handlers[noun] as Record<string, AnyHandler>)[verb];
      if (handler === undefined) throw new Error(`no handler for ${noun}.${verb}`);
      const method = endpoint.method.toLowerCase() as "get" | "post" | "put" | "delete";
      router[method](endpoint.path, (request, response) => serve(endpoint, handler, request, response));
      methodsByPath.set(endpoint.path, [...(methodsByPath.get(endpoint.path) ?? []), endpoint.method]);
    }
  }
  for (const [path, methods] of methodsByPath) {
    router.all(path, (_request, response) => {
      response.setHeader("Allow", methods.join(", "));
      throw new WscError("METHOD_NOT_ALLOWED");
    });
  }
  return router;
}
