import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from "express";
import { type Answer, gatewayError } from "./answers.ts";
import type { CallMeter } from "./call-meter.ts";
import type { FaultQueue } from "./faults.ts";
import { limitRate, parseBody, requireJson, requireOperation, requireSignature } from "./gateway-checks.ts";
import { type GatewayOperation, matchOperation } from "./gateway-operations.ts";
import { type GatewayLocals, type Step, send, sendHalf } from "./gateway-response.ts";
import { cancelJob, stopJob } from "./handlers/act-on-job.ts";
import { createJob } from "./handlers/create-job.ts";
import type { GatewayHandler, Service } from "./handlers/gateway-call.ts";
import { getReport } from "./handlers/get-report.ts";
import { getJobs, searchJobs } from "./handlers/list-jobs.ts";
import { playFault } from "./play-fault.ts";
import type { RequestLog } from "./request-log.ts";
import type { Keys } from "./verify-signature.ts";

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
  /** Returns the currently valid key pair. */
  readonly keys: () => Keys;
  readonly service: () => Service;
  readonly faults: FaultQueue;
  readonly meter: CallMeter;
  readonly log: RequestLog;
  readonly control: Router;
  /** Aborted when the gateway closes. */
  readonly closing: AbortSignal;
  /** Called with errors of the emulator itself. */
  readonly onError: (error: unknown) => void;
}

/** Sets the `Date` header by the emulator's own clock. */
function setDate(service: () => Service): RequestHandler {
  return (_request, response, next) => {
    response.sendDate = false;
    response.setHeader("date", new Date(service().now).toUTCString());
    next();
  };
}

function openEntry(log: RequestLog, service: () => Service): Step {
  return (request, response, next) => {
    const entry = log.open(request.method, request.originalUrl, new Date(service().now).toISOString());
    entry.operation = matchOperation(request.method, request.originalUrl)?.operation ?? null;
    response.locals.entry = entry;
    next();
  };
}

/** Executes the call, or plays its queued fault. */
function serve({ service, faults, closing }: Pick<GatewayParts, "service" | "faults" | "closing">): Step {
  return async ({ originalUrl }, response) => {
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
}

/** Responds to a failed request: 430 for a body above the limit, 100 for an unreadable one, 900 for an error of the emulator. */
function answerFailure(
  onError: (error: unknown) => void,
): ErrorRequestHandler<Record<string, string>, unknown, unknown, unknown, GatewayLocals> {
  return (error: unknown, _request, response, _next) => {
    const status = typeof error === "object" && error !== null && "status" in error ? error.status : 500;
    if (response.headersSent) return void response.destroy();
    if (status === 413) return send(response, gatewayError("430"));
    if (typeof status === "number" && status < 500) return send(response, gatewayError("100"));
    onError(error);
    send(response, gatewayError("900"));
  };
}

/** Checks in the gateway's own order: signature, URL, rate, content type, size, JSON; then the service runs the call. */
export function createGatewayApp(parts: GatewayParts): Express {
  const { keys, service, meter, log, control, onError } = parts;
  const app = express();
  app.disable("x-powered-by");
  app.use(setDate(service));
  app.use("/control", control);
  app.use(openEntry(log, service));
  app.use(requireSignature(keys, service));
  app.use(requireOperation);
  app.use(limitRate(meter, service));
  app.use(requireJson);
  app.use(express.raw({ type: () => true, limit: bodyLimitBytes, inflate: false }));
  app.use(parseBody(log));
  app.use(serve(parts));
  app.use(answerFailure(onError));
  return app;
}
