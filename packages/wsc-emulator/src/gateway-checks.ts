import { gatewayError } from "./answers.ts";
import type { CallMeter } from "./call-meter.ts";
import { matchOperation } from "./gateway-operations.ts";
import { type Step, send, sendNotFound } from "./gateway-response.ts";
import type { Service } from "./handlers/gateway-call.ts";
import type { RequestLog } from "./request-log.ts";
import { type Keys, refusalOf } from "./verify-signature.ts";

/** Refuses a call without a valid signature by the current keys with 200, and a path outside the API with 300. */
export function requireSignature(keys: () => Keys, service: () => Service): Step {
  return ({ method, originalUrl, headers }, response, next) => {
    if (!/^\/api\/v1(?:[/?]|$)/.test(originalUrl)) {
      sendNotFound(response);
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
}

/** Refuses anything but the six operations with 300. */
export const requireOperation: Step = (request, response, next) => {
  const matched = matchOperation(request.method, request.originalUrl);
  if (matched === null) {
    sendNotFound(response);
    return;
  }
  response.locals.matched = matched;
  next();
};

/** Refuses calls above the limit per minute with 410 and `Retry-After` in seconds. */
export function limitRate(meter: CallMeter, service: () => Service): Step {
  return (_request, response, next) => {
    const { steadyNow, settings } = service();
    const refusal = meter.admit(steadyNow, settings.callsPerMinute);
    if (refusal === null) return next();
    send(response, gatewayError("410", { retryAfter: String(Math.ceil(refusal.waitMs / 1000)) }));
  };
}

/** Refuses every content type but JSON with 100, like the real gateway also for calls without a body. */
export const requireJson: Step = ({ headers }, response, next) => {
  const [type = ""] = (headers["content-type"] ?? "").split(";", 1);
  if (type.trim().toLowerCase() !== "application/json") {
    return send(response, gatewayError("100", { details: "Content-Type must be application/json." }));
  }
  next();
};

/** Parses the body, which may be absent, and records it in the request log. */
export function parseBody(log: RequestLog): Step {
  return ({ body }, response, next) => {
    const text = Buffer.isBuffer(body) ? body.toString("utf8") : "";
    try {
      response.locals.body = text === "" ? undefined : (JSON.parse(text) as unknown);
    } catch {
      return send(response, gatewayError("100", { details: "The body is not JSON." }));
    }
    log.noteBody(response.locals.entry, response.locals.body);
    next();
  };
}
