/** Where a request stands in the trace of its caller, by W3C Trace Context. */
export interface CallerSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Eight bits; the lowest says that the caller records. */
  readonly flags: number;
}

export interface RequestSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Runs what belongs to the request. */
  run(next: () => void): void;
  /** `route`: template of the route; `null` when none was chosen. */
  end(answer: { readonly route: string | null; readonly status: number; readonly finished: boolean }): void;
}

/** A call to NAVER Cloud that has come to its end. */
export interface UpstreamSpan {
  readonly operation: string;
  readonly attempt: number;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  readonly code: string;
}

/** What is traced: requests of people, and the calls to NAVER Cloud that they cause. No query, body, name or address of a target. */
export interface Tracing {
  startRequest(method: string, path: string, caller: CallerSpan | null): RequestSpan;
  recordUpstream(call: UpstreamSpan): void;
  /** Sends what is left, for five seconds at most. */
  close(): Promise<void>;
}
