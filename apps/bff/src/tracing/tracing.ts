/** The caller's span of a request, by W3C Trace Context. */
export interface CallerSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Trace flags, eight bits; the lowest means that the caller samples. */
  readonly flags: number;
}

export interface RequestSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Runs the request within the span. */
  run(next: () => void): void;
  /** `route`: registered path of the route; `null` when none matched. */
  end(answer: { readonly route: string | null; readonly status: number; readonly finished: boolean }): void;
}

/** A completed call to NAVER Cloud. */
export interface UpstreamSpan {
  readonly operation: string;
  readonly attempt: number;
  readonly durationMs: number;
  readonly httpStatus: number | null;
  readonly code: string;
}

/** Traces requests and the NAVER Cloud calls they cause. Spans contain no query, no body, and no name or address of a target. */
export interface Tracing {
  startRequest(method: string, path: string, caller: CallerSpan | null): RequestSpan;
  recordUpstream(call: UpstreamSpan): void;
  /** Exports the remaining spans, within five seconds at most. */
  close(): Promise<void>;
}
