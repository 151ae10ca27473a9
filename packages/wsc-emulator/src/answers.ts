import { errorEntry } from "@wsc-dashboard/wsc-core";
import type { EmulatorSettings } from "./settings.ts";

/** A whole answer, not yet sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The vendor's code in the body, for the request log. */
  readonly code: string | null;
}

function jsonAnswer(status: number, code: string | null, value: unknown, headers: Record<string, string> = {}): Answer {
  return {
    status,
    code,
    headers: { "content-type": "application/json;charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}

function wrapped(resources: unknown): unknown {
  return { returnCode: "0", returnDesc: "Request Success", returnMessage: "Success", resources };
}

/** The success envelope of docs/upstream-api.md section 5.1. */
export function success(resources: unknown): Answer {
  return jsonAnswer(200, "0", wrapped(resources));
}

const numbersAsText = (payload: unknown): unknown =>
  JSON.parse(JSON.stringify(payload), (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === "number" ? (context?.source ?? String(value)) : value,
  );

/** A list or report, wrapped or bare and with numbers in the form that the settings say. */
export function data(
  payload: unknown,
  { envelope, numberForm }: Pick<EmulatorSettings, "envelope" | "numberForm">,
): Answer {
  const written = numberForm === "text" ? numbersAsText(payload) : payload;
  return jsonAnswer(200, "0", envelope === "wrapped" ? wrapped(written) : written);
}

export interface ServiceErrorOptions {
  readonly status?: number | undefined;
  /** error: the documented body. envelope: a non-zero returnCode, which clients must also handle. */
  readonly shape?: "error" | "envelope" | undefined;
}

/** A service error (docs/upstream-api.md section 5.2): its code is a number, as in the vendor's documents. */
export function serviceError(
  code: string,
  settings: Pick<EmulatorSettings, "serviceErrorStatus">,
  { status, shape = "error" }: ServiceErrorOptions = {},
): Answer {
  const { wireMessage: message = "Unknown Error", newerUpstreamStatus = 400 } = errorEntry(code);
  const body =
    shape === "error"
      ? { error: { errorCode: Number(code), message } }
      : { returnCode: code, returnDesc: message, returnMessage: message, resources: null };
  return jsonAnswer(status ?? (settings.serviceErrorStatus === 200 ? 200 : newerUpstreamStatus), code, body);
}

export interface GatewayErrorOptions {
  readonly details?: string | undefined;
  readonly status?: number | undefined;
  readonly retryAfter?: string | undefined;
  readonly numericCode?: boolean | undefined;
}

/** A gateway error (docs/upstream-api.md section 5.3): its code is a string. */
export function gatewayError(code: string, options: GatewayErrorOptions = {}): Answer {
  const { wireMessage: message = "Unknown Error", upstreamStatus = 500 } = errorEntry(code);
  const { details, status = upstreamStatus, retryAfter, numericCode = false } = options;
  const error = {
    errorCode: numericCode ? Number(code) : code,
    message,
    ...(details === undefined ? {} : { details }),
  };
  return jsonAnswer(status, code, { error }, retryAfter === undefined ? {} : { "retry-after": retryAfter });
}
