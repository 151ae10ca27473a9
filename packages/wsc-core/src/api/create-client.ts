import { problemSchema, WscError } from "../errors/problem.ts";
import type { Contract, Endpoint, Output, WireInput } from "./endpoint.ts";

export interface TransportRequest {
  readonly method: Endpoint["method"];
  /** Path and query, relative to the origin. */
  readonly path: string;
  readonly body: unknown;
  /** What a good answer is to be handed over as. */
  readonly expects: "json" | "file" | "events";
  readonly options: CallOptions;
}
export interface TransportAnswer {
  readonly ok: boolean;
  readonly status: number;
  /** Parsed JSON, or `undefined` when the answer was not JSON; a FileAnswer when a file was expected and came, an AsyncIterable of parsed JSON for events. */
  readonly body: unknown;
}
export interface CallOptions {
  readonly signal?: unknown;
  readonly idempotencyKey?: string | undefined;
}
export type Transport = (request: TransportRequest) => Promise<TransportAnswer>;

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

async function* readEach(endpoint: Endpoint, values: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  for await (const value of values) {
    const read = endpoint.response.safeParse(value);
    if (!read.success) throw unexpected(endpoint, read.error);
    yield read.data;
  }
}

/**
 * A typed client for a contract. Every good answer is read by the endpoint's schema; every bad one becomes a WscError
 * with the problem's code (without a problem document SESSION_REQUIRED for 401, else INTERNAL_ERROR).
 */
export function createClient<C extends Contract>(contract: C, transport: Transport): Client<C> {
  const call =
    (endpoint: Endpoint) =>
    async (input: Record<string, unknown>, options: CallOptions = {}): Promise<unknown> => {
      const answer = await transport({
        method: endpoint.method,
        path: pathOf(endpoint, input),
        body: input.body,
        expects: endpoint.answer === "file" || endpoint.answer === "events" ? endpoint.answer : "json",
        options,
      });
      if (answer.ok && endpoint.answer === "events") return readEach(endpoint, answer.body as AsyncIterable<unknown>);
      if (answer.ok) {
        const read = endpoint.response.safeParse(answer.body);
        if (read.success) return read.data;
        throw unexpected(endpoint, read.error);
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
