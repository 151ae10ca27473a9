import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";
import { type Answer, gatewayError } from "./answers.ts";
import type { MatchedOperation } from "./gateway-operations.ts";
import type { OpenEntry } from "./request-log.ts";

/** State passed between the steps of one request. */
export interface GatewayLocals {
  entry: OpenEntry;
  matched: MatchedOperation;
  body: unknown;
}

/** One step of handling a gateway request. */
export type Step = RequestHandler<Record<string, string>, unknown, unknown, unknown, GatewayLocals>;

export type GatewayResponse = Response<unknown, GatewayLocals>;

function writeHead(response: GatewayResponse, { status, headers, code }: Answer): void {
  response.locals.entry.httpStatus = status;
  response.locals.entry.code = code;
  response.writeHead(status, { ...headers, "x-ncp-trace-id": randomUUID() });
}

/** Sends an answer and records its status and code in the request log. */
export function send(response: GatewayResponse, answer: Answer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

/** Sends half of a response with the full content length, then a TCP reset. */
export function sendHalf(response: GatewayResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.body);
  const { socket } = response;
  writeHead(response, { ...answer, headers: { ...answer.headers, "content-length": String(bytes.length) } });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => socket?.resetAndDestroy());
}

/** Sends the answer to a URL that the gateway does not have. */
export function sendNotFound(response: GatewayResponse): void {
  send(response, gatewayError("300", { details: "URL not found." }));
}
