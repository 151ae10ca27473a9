import { vendorOriginOf } from "../errors/catalogue.ts";
import { parseWireJson } from "./wire-json.ts";
import { isWireObject, readText, type WireObject } from "./wire-values.ts";

export interface SuccessAnswer {
  readonly kind: "success";
  readonly payload: unknown;
  /** `false` when neither an envelope nor a known payload was seen: only the HTTP status speaks for success. */
  readonly recognised: boolean;
}
export interface FailureAnswer {
  readonly kind: "failure";
  /** The vendor's code as text; `null` when the answer names none. */
  readonly code: string | null;
  readonly origin: "gateway" | "service" | "unknown";
  /** The vendor's own words. Hostile text. */
  readonly message: string;
  readonly httpStatus: number;
}
export interface UnreadableAnswer {
  readonly kind: "unreadable";
  readonly httpStatus: number;
  /** First characters of the body, for the log. Hostile text. */
  readonly excerpt: string;
}
export type DecodedAnswer = SuccessAnswer | FailureAnswer | UnreadableAnswer;

const excerptLength = 200;

function failure(httpStatus: number, code: unknown, ...messages: unknown[]): FailureAnswer {
  const text = readText(code)?.trim() ?? "";
  const message = messages.find((candidate) => typeof candidate === "string" && candidate.trim() !== "");
  return {
    kind: "failure",
    code: text === "" ? null : text,
    origin: vendorOriginOf(text) ?? "unknown",
    message: typeof message === "string" ? message.slice(0, 1000) : "",
    httpStatus,
  };
}

const isPayload = (body: WireObject): boolean => "record_data" in body || "report_date" in body;

/**
 * Decides what an answer of the gateway means, on the body before the HTTP status (contract section 5.5): wrapped and
 * bare payloads, codes as number or text, service errors with HTTP 200 or 4xx, and the other shapes seen on NAVER Cloud.
 * Never throws.
 */
export function decodeEnvelope(httpStatus: number, text: string): DecodedAnswer {
  let body: unknown;
  try {
    body = parseWireJson(text);
  } catch {
    return { kind: "unreadable", httpStatus, excerpt: text.slice(0, excerptLength) };
  }
  if (!isWireObject(body)) return { kind: "unreadable", httpStatus, excerpt: text.slice(0, excerptLength) };

  if (isWireObject(body.error)) {
    const { error } = body;
    return failure(httpStatus, error.errorCode ?? error.code, error.message, error.details);
  }
  if (isWireObject(body.responseError)) {
    const { responseError } = body;
    return failure(httpStatus, responseError.returnCode, responseError.returnMessage);
  }
  if (body.returnCode !== undefined && body.returnCode !== null) {
    if (readText(body.returnCode)?.trim() === "0") {
      return { kind: "success", payload: body.resources ?? null, recognised: true };
    }
    return failure(httpStatus, body.returnCode, body.returnMessage, body.returnDesc);
  }
  if (isPayload(body)) return { kind: "success", payload: body, recognised: true };
  const bareCode = body.errorCode ?? body.code ?? (isWireObject(body.status) ? body.status.code : undefined);
  if (bareCode !== undefined && bareCode !== null && readText(bareCode)?.trim() !== "0") {
    const statusMessage = isWireObject(body.status) ? body.status.message : undefined;
    return failure(httpStatus, bareCode, body.message, body.msg, statusMessage);
  }
  if (httpStatus >= 200 && httpStatus < 300) return { kind: "success", payload: body, recognised: false };
  return failure(httpStatus, null, body.message, body.error);
}
