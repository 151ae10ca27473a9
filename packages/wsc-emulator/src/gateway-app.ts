import { randomUUID } from "node:crypto";
import express, {
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  type Response,
  type Router,
} from "express";
import { type Answer, gatewayError } from "./answers.ts";
import type { CallMeter } from "./call-meter.ts";
import type { FaultQueue } from "./faults.ts";
import { type GatewayOperation, type MatchedOperation, matchOperation } from "./gateway-operations.ts";
import { cancelJob, stopJob } from "./handlers/act-on-job.ts";
import { createJob } from "./handlers/create-job.ts";
import type { GatewayHandler, Service } from "./handlers/gateway-call.ts";
import { getReport } from "./handlers/get-report.ts";
import { getJobs, searchJobs } from "./handlers/list-jobs.ts";
import { playFault } from "./play-fault.ts";
import type { OpenEntry, RequestLog } from "./request-log.ts";
import { type Keys, refusalOf } from "./verify-signature.ts";

const handlers: Readonly<Record<GatewayOperation, GatewayHandler>> = {
  getJobs,
  searchJobs,
  createJob,
  cancelJob,
  stopJob,
  getReport,
};

const bodyLimitBytes = 1_048_576;

export interface GatewayParts {
  /** The pair that is valid now. */
  readonly keys: () => Keys;
  readonly service: () => Service;
  readonly faults: FaultQueue;
  readonly meter: CallMeter;
  readonly log: RequestLog;
  readonly control: Router;
  /** Aborted when the gateway closes. */
  readonly closing: AbortSignal;
  /** Told about faults of the emulator itself. */
  readonly onError: (error: unknown) => void;
}

interface GatewayLocals {
  entry: OpenEntry;
  matched: MatchedOperation;
  body: unknown;
}
type Step = RequestHandler<Record<string, string>, unknown, unknown, unknown, GatewayLocals>;
type GatewayResponse = Response<unknown, GatewayLocals>;

function writeHead(response: GatewayResponse, { status, headers, code }: Answer): void {
  response.locals.entry.httpStatus = status;
  response.locals.entry.code = code;
  response.writeHead(status, { ...headers, "x-ncp-trace-id": randomUUID() });
}

function send(response: GatewayResponse, answer: Answer): void {
  writeHead(response, answer);
  response.end(answer.body);
}

/** Half of an answer under the full length, then a TCP reset. */
function sendHalf(response: GatewayResponse, answer: Answer): void {
  const bytes = Buffer.from(answer.body);
  const { socket } = response;
  writeHead(response, { ...answer, headers: { ...answer.headers, "content-length": String(bytes.length) } });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => socket?.resetAndDestroy());
}

/** Reads like the gateway's own order of checks: signature, URL, rate, content type, size, JSON, then the service. */
export function createGatewayApp(parts: GatewayParts): Express {
  const { keys, service, faults, meter, log, control, closing } = parts;

  const ownClock: RequestHandler = (_request, response, next) => {
    response.sendDate = false;
    response.setHeader("date", new Date(service().now).toUTCString());
    next();
  };

  const openEntry: Step = (request, response, next) => {
    const entry = log.open(request.method, request.originalUrl, new Date(service().now).toISOString());
    entry.operation = matchOperation(request.method, request.originalUrl)?.operation ?? null;
    response.locals.entry = entry;
    next();
  };

  const notFound = (response: GatewayResponse): void =>
    send(response, gatewayError("300", { details: "URL not found." }));

  const requireSignature: Step = ({ method, originalUrl, headers }, response, next) => {
    if (!/^\/api\/v1(?:[/?]|$)/.test(originalUrl)) {
      notFound(response);
      return;
    }
    const { now, settings } = service();
    const details = refusalOf({ method, url: originalUrl, headers }, keys(), now, settings.signatureValidityMs);
    if (details !== null) {
      send(response, gatewayError("200", { details }));
      return;
    }
    response.locals.entry.isAuthentic = true;
    next();
  };

  const requireOperation: Step = (request, response, next) => {
    const matched = matchOperation(request.method, request.originalUrl);
    if (matched === null) {
      notFound(response);
      return;
    }
    response.locals.matched = matched;
    next();
  };

  const limitRate: Step = (_request, response, next) => {
    const { steadyNow, settings } = service();
    const refusal = meter.admit(steadyNow, settings.callsPerMinute);
    if (refusal === null) return next();
    send(response, gatewayError("410", { retryAfter: String(Math.ceil(refusal.waitMs / 1000)) }));
  };

  const requireJson: Step = ({ headers }, response, next) => {
    const [type = ""] = (headers["content-type"] ?? "").split(";", 1);
    if (type.trim().toLowerCase() !== "application/json") {
      return send(response, gatewayError("100", { details: "Content-Type must be application/json." }));
    }
    next();
  };

  const parseBody: Step = ({ body }, response, next) => {
    const text = Buffer.isBuffer(body) ? body.toString("utf8") : "";
    try {
      response.locals.body = text === "" ? undefined : (JSON.parse(text) as unknown);
    } catch {
      return send(response, gatewayError("100", { details: "The body is not JSON." }));
    }
    log.noteBody(response.locals.entry, response.locals.body);
    next();
  };

  const serve: Step = async ({ originalUrl }, response) => {
    const { entry, matched, body } = response.locals;
    const query = new URLSearchParams(originalUrl.split("?").slice(1).join("?"));
    const call = { instanceId: matched.instanceId, query, body };
    const carryOut = async (): Promise<Answer> => handlers[matched.operation](call, service());
    const effect = faults.take(matched.operation);
    if (effect === null) return send(response, await carryOut());

    entry.fault = effect.kind;
    const { settings, now } = service();
    const outcome = await playFault(effect, { carryOut, settings, now, closing, cleared: faults.cleared });
    if (outcome.kind === "answer") send(response, outcome.answer);
    else if (outcome.kind === "reset" && outcome.half === null) response.socket?.resetAndDestroy();
    else if (outcome.kind === "reset" && outcome.half !== null) sendHalf(response, outcome.half);
  };

  const failure: ErrorRequestHandler<Record<string, string>, unknown, unknown, unknown, GatewayLocals> = (
    error: unknown,
    _request,
    response,
    _next,
  ) => {
    const status = typeof error === "object" && error !== null && "status" in error ? error.status : 500;
    if (response.headersSent) return void response.destroy();
    if (status === 413) return send(response, gatewayError("430"));
    if (typeof status === "number" && status < 500) return send(response, gatewayError("100"));
    parts.onError(error);
    send(response, gatewayError("900"));
  };

  const app = express();
  app.disable("x-powered-by");
  app.use(ownClock);
  app.use("/control", control);
  app.use(openEntry);
  app.use(requireSignature);
  app.use(requireOperation);
  app.use(limitRate);
  app.use(requireJson);
  app.use(express.raw({ type: () => true, limit: bodyLimitBytes, inflate: false }));
  app.use(parseBody);
  app.use(serve);
  app.use(failure);
  return app;
}
