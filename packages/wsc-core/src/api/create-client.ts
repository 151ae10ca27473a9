import { problemSchema, WscError } from "../errors/problem.ts";
import type { Contract, Endpoint, Output, WireInput } from "./endpoint.ts";

export interface TransportRequest {
  readonly method: Endpoint["method"];
  /** Path and query, relative to the origin. */
  readonly path: string;
  readonly body: unknown;
  /** What a good answer is to be handed over as. */
  readonly expects: "json" | "file" | "events";
  /** The field of the answer that may hold thousands of entries. */
  readonly longField: string | null;
  /** The entity tag of an answer that is still at hand, for If-None-Match. */
  readonly etag: string | null;
  readonly options: CallOptions;
}
export interface TransportAnswer {
  readonly ok: boolean;
  /** Its entity tag, if it has one. */
  readonly etag: string | null;
  readonly status: number;
  /** Parsed JSON, or `undefined` when the answer was not JSON; a FileAnswer when a file was expected and came, an AsyncIterable of parsed JSON for events. */
  readonly body: unknown;
}
export interface CallOptions {
  readonly signal?: unknown;
  readonly idempotencyKey?: string | undefined;
}
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

export interface ClientOptions {
  /** Lets others have their turn while a long answer is read. */
  readonly pause: () => Promise<void>;
}

type Answered<E extends Endpoint> = E extends { answer: "events" } ? AsyncIterable<Output<E>> : Output<E>;
type Call<E extends Endpoint> = (input: WireInput<E>, options?: CallOptions) => Promise<Answered<E>>;
export type Client<C extends Contract> = {
  readonly [N in keyof C]: { readonly [V in keyof C[N]]: Call<C[N][V]> };
};

function pathOf(endpoint: Endpoint, input: Record<string, unknown>): string {
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

/** Entries read in one go. */
const stepLength = 250;

/** Reads an answer by the endpoint's schema, and a long field of it in steps: thousands of entries would hold up the page. */
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

/** Answers remembered at once. */
const maxAnswers = 50;

interface ReadAnswer {
  readonly etag: string;
  readonly value: object;
}

/** What was read last, by its path: an answer that has not changed is neither sent nor read again. */
function createReadAnswers() {
  const known = new Map<string, { readonly etag: string; readonly valueOf: () => object | undefined }>();
  return {
    find(path: string): ReadAnswer | null {
      const entry = known.get(path);
      const value = entry?.valueOf();
      return entry === undefined || value === undefined ? null : { etag: entry.etag, value };
    },
    /** `isLong`: only for as long as somebody else holds it, too. */
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
 * A typed client for a contract. Every good answer is read by the endpoint's schema; every bad one becomes a WscError
 * with the problem's code (without a problem document SESSION_REQUIRED for 401, else INTERNAL_ERROR). An answer that the server
 * says has not changed is the same object as before.
 */
export function createClient<C extends Contract>(contract: C, transport: Transport, options: ClientOptions): Client<C> {
  const readAnswers = createReadAnswers();
  const call =
    (endpoint: Endpoint) =>
    async (input: Record<string, unknown>, callOptions: CallOptions = {}): Promise<unknown> => {
      const path = pathOf(endpoint, input);
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
      // A proxy before the dashboard answers in its own way when its sign-in has ended.
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

/** A failed call of our API, as the browser sees it. */
export class ApiError extends WscError {
  readonly requestId: string;
  readonly httpStatus: number;

  constructor(code: string, requestId: string, httpStatus: number, details: WscError["details"]) {
    super(code, undefined, details);
    this.requestId = requestId;
    this.httpStatus = httpStatus;
  }
}
