import type { GatewayOperation } from "./gateway-operations.ts";

/** One request to the gateway. Never holds a key, a signature, or a value of the target's headers. */
export interface RequestLogEntry {
  /** `null` for anything but the six documented requests. */
  readonly operation: GatewayOperation | null;
  readonly method: string;
  /** The request target as received, query included. */
  readonly path: string;
  /** RFC 3339, on the gateway's clock. */
  readonly receivedAt: string;
  /** Whether the signature was accepted. */
  readonly isAuthentic: boolean;
  /** `null` without a response: the request hangs, or its connection was reset. */
  readonly httpStatus: number | null;
  /** The vendor's code in the response. */
  readonly code: string | null;
  /** The kind of fault that was played, if any. */
  readonly fault: string | null;
  /** The JSON body, values under Headers masked. Only read from authentic requests. */
  readonly body: unknown;
}

export type OpenEntry = { -readonly [K in keyof RequestLogEntry]: RequestLogEntry[K] };

const capacity = 10_000;
const mask = "[masked]";

function maskHeaders(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("Headers" in body)) return body;
  const { Headers: headers } = body;
  if (typeof headers !== "object" || headers === null) return { ...body, Headers: mask };
  return { ...body, Headers: Object.fromEntries(Object.keys(headers).map((name) => [name, mask])) };
}

/** The newest requests in the order of arrival. */
export class RequestLog {
  #entries: OpenEntry[] = [];

  open(method: string, path: string, receivedAt: string): OpenEntry {
    const entry: OpenEntry = {
      operation: null,
      method,
      path,
      receivedAt,
      isAuthentic: false,
      httpStatus: null,
      code: null,
      fault: null,
      body: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > capacity) this.#entries.shift();
    return entry;
  }

  /** Records the masked body of a request. */
  noteBody(entry: OpenEntry, body: unknown): void {
    entry.body = body === undefined ? null : maskHeaders(body);
  }

  entries(): readonly RequestLogEntry[] {
    return this.#entries.map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.#entries = [];
  }
}
