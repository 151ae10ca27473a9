import { problemSchema, WscError } from "../errors/problem.ts";
import type { Contract, Endpoint, Output, WireInput } from "./endpoint.ts";

export interface TransportRequest {
  readonly method: Endpoint["method"];
  /** Path and query, relative to the origin. */
  readonly path: string;
  readonly body: unknown;
  /** Form in which a successful response is returned. */
  readonly expects: "json" | "file" | "events";
  /** Field of the response that may hold thousands of entries. */
  readonly longField: string | null;
  /** ETag of a response that is still cached, for If-None-Match. */
  readonly etag: string | null;
  readonly options: CallOptions;
}
export interface TransportAnswer {
  readonly ok: boolean;
  /** ETag of the response, if any. */
  readonly etag: string | null;
  readonly status: number;
  /** Parsed JSON, `undefined` if not JSON; a FileAnswer for an expected file, an AsyncIterable of parsed JSON for events. */
  readonly body: unknown;
}
export interface CallOptions {
  readonly signal?: unknown;
  readonly idempotencyKey?: string | undefined;
}
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

export interface ClientOptions {
  /** Yields to the event loop while a long response is read. */
  readonly pause: () => Promise<void>;
}

type Answered<E extends Endpoint> = E extends { answer: "events" } ? AsyncIterable<Output<E>> : Output<E>;
type Call<E extends Endpoint> = (input: WireInput<E>, options?: CallOptions) => Promise<Answered<E>>;
export type Client<C extends Contract> = {
  readonly [N in keyof C]: { readonly [V in keyof C[N]]: Call<C[N][V]> };
};

/** Path and query of a call, relative to the origin; parameters without a value stay out of the query. */
export function requestPath(endpoint: Endpoint, input: Readonly<Record<string, unknown>>): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = endpoint.path.replace(/:([a-zA-Z]+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== "") query.append(name, String(value));
  }
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

const unexpected = ({ method, path }: Endpoint, cause: unknown): WscError =>
  new WscError("INTERNAL_ERROR", `unexpected answer of ${method} ${path}`, { cause });

function readPart(endpoint: Endpoint, schema: Endpoint["response"], value: unknown): unknown {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw unexpected(endpoint, read.error);
}

/** Number of entries parsed in one step. */
const stepLength = 250;

/** Parses a response by the endpoint's schema, a long field in steps: thousands of entries at once would block the page. */
async function readAnswer(endpoint: Endpoint, body: unknown, { pause }: ClientOptions): Promise<unknown> {
  const { response, longField } = endpoint;
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const entries = longField === undefined ? null : fields[longField.name];
  if (longField === undefined || !Array.isArray(entries) || entries.length <= stepLength) {
    return readPart(endpoint, response, body);
  }
  const rest = readPart(endpoint, response, { ...fields, [longField.name]: [] }) as Record<string, unknown>;
  const read: unknown[] = [];
  for (let from = 0; from < entries.length; from += stepLength) {
    await pause();
    read.push(...(readPart(endpoint, longField.entries, entries.slice(from, from + stepLength)) as unknown[]));
  }
  return { ...rest, [longField.name]: read };
}

/** Maximum number of cached responses. */
const maxAnswers = 50;

interface ReadAnswer {
  readonly etag: string;
  readonly value: object;
}

/** Cache of the latest responses by path: an unchanged response is neither sent nor parsed again. */
function createReadAnswers() {
  const known = new Map<string, { readonly etag: string; readonly valueOf: () => object | undefined }>();
  return {
    find(path: string): ReadAnswer | null {
      const entry = known.get(path);
      const value = entry?.valueOf();
      return entry === undefined || value === undefined ? null : { etag: entry.etag, value };
    },
    /** `isLong`: hold the value by a weak reference only, because it is large. */
    keep(path: string, etag: string | null, value: unknown, isLong: boolean): void {
      known.delete(path);
      if (etag === null || typeof value !== "object" || value === null) return;
      const weak = isLong ? new WeakRef(value) : null;
      known.set(path, { etag, valueOf: weak === null ? () => value : () => weak.deref() });
      if (known.size > maxAnswers) known.delete(known.keys().next().value ?? "");
    },
  };
}

async function* readEach(endpoint: Endpoint, values: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const value of values) {
    const read = endpoint.response.safeParse(value);
    if (!read.success) throw unexpected(endpoint, read.error);
    yield read.data;
  }
}

/**
 * Creates a typed client for a contract. Successful responses are parsed by the endpoint's schema; failed ones throw a WscError
 * with the problem's code (without a problem document SESSION_REQUIRED for 401, else INTERNAL_ERROR). A response that has not
 * changed is returned as the same object.
 */
export function createClient<C extends Contract>(contract: C, transport: Transport, options: ClientOptions): Client<C> {
  const readAnswers = createReadAnswers();
  const call =
    (endpoint: Endpoint) =>
    async (input: Record<string, unknown>, callOptions: CallOptions = {}): Promise<unknown> => {
      const path = requestPath(endpoint, input);
      const isKept = endpoint.method === "GET" && (endpoint.answer === undefined || endpoint.answer === "serialised");
      const before = isKept ? readAnswers.find(path) : null;
      const answer = await transport({
        method: endpoint.method,
        path,
        body: input.body,
        expects: endpoint.answer === "file" || endpoint.answer === "events" ? endpoint.answer : "json",
        longField: endpoint.longField?.name ?? null,
        etag: before?.etag ?? null,
        options: callOptions,
      });
      if (answer.status === 304 && before !== null) return before.value;
      if (answer.ok && endpoint.answer === "events") return readEach(endpoint, answer.body as AsyncIterable<unknown>);
      if (answer.ok) {
        const value = await readAnswer(endpoint, answer.body, options);
        if (isKept) readAnswers.keep(path, answer.etag, value, endpoint.longField !== undefined);
        return value;
      }
      const problem = problemSchema.safeParse(answer.body);
      // When its session has ended, a proxy in front of the dashboard sends its own 401 page.
      if (!problem.success && answer.status === 401)
        throw new WscError("SESSION_REQUIRED", "the proxy refused the call");
      if (!problem.success) throw new WscError("INTERNAL_ERROR", `HTTP ${answer.status} without a problem document`);
      throw new ApiError(problem.data.code, problem.data.requestId, problem.data.status, problem.data);
    };
  return Object.fromEntries(
    Object.entries(contract).map(([noun, endpoints]) => [
      noun,
      Object.fromEntries(Object.entries(endpoints).map(([verb, endpoint]) => [verb, call(endpoint)])),
    ]),
  ) as unknown as Client<C>;
}

/** A failed call of our API, as thrown in the browser. */
export class ApiError extends WscError {
  readonly requestId: string;
  readonly httpStatus: number;

  constructor(code: string, requestId: string, httpStatus: number, details: WscError["details"]) {
    super(code, undefined, details);
    this.requestId = requestId;
    this.httpStatus = httpStatus;
  }
}
