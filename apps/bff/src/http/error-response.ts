import { toProblem, WscError } from "@wsc-dashboard/wsc-core";
import type { NextFunction, Request, Response } from "express";
import { contextOf } from "./request-context.ts";

const bodyParserCodes: Readonly<Record<string, string>> = {
  "entity.too.large": "BODY_TOO_LARGE",
  "encoding.unsupported": "CONTENT_TYPE_UNSUPPORTED",
  "charset.unsupported": "CONTENT_TYPE_UNSUPPORTED",
};

/** Converts anything thrown to a WscError. Faults of the request become 4xx; only unexpected errors INTERNAL_ERROR. */
export function toWscError(error: unknown): WscError {
  if (error instanceof WscError) return error;
  if (error instanceof Error) {
    const { type, status } = error as { type?: unknown; status?: unknown };
    const code = typeof type === "string" ? bodyParserCodes[type] : undefined;
    if (code !== undefined) return new WscError(code);
    if (typeof status === "number" && status >= 400 && status < 500) {
      // The parser's message quotes the body, a short one completely.
      return new WscError(error instanceof URIError ? "ROUTE_NOT_FOUND" : "JSON_INVALID");
    }
  }
  return new WscError("INTERNAL_ERROR", "unexpected failure", { cause: error });
}

/** The error handler: details go to the log, code and request id to the client. */
export function errorResponse(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const { requestId, logger } = contextOf(request);
  const known = toWscError(error);
  const problem = toProblem(known, requestId);
  const details = { code: known.code, fields: known.details.errors, reason: known.message };
  if (problem.status >= 500) logger.error({ ...details, err: known.details.cause ?? known.cause }, "request failed");
  else logger.info(details, "request refused");
  if (known.details.retryAfter !== undefined) response.setHeader("Retry-After", String(known.details.retryAfter));
  response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
}
