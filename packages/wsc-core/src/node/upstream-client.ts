import type { CallKind } from "../errors/call-kind.ts";
import type { WireRequest } from "../upstream/operations.ts";
import type { BreakerState } from "./circuit-breaker.ts";
import { type CallOptions, createExchange, type ExchangeParts, type UpstreamAnswer } from "./exchange.ts";
import { createGuardedCalls } from "./guarded-calls.ts";
import { createRepeatedReads, type RepeatedReadsParts } from "./repeated-reads.ts";

export interface UpstreamClientOptions
  extends Pick<ExchangeParts, "transport" | "clock">,
    Pick<RepeatedReadsParts, "deadlineMs">,
    Partial<Pick<ExchangeParts, "localNow" | "onExchange">>,
    Partial<Pick<RepeatedReadsParts, "random" | "wait">> {}

export interface UpstreamClient {
  /**
   * Resolves with the payload of a success. Reads are retried at most twice, with full jitter, from a retry budget shared by all
   * reads; a Retry-After is honoured if it fits the deadline. Other calls are sent exactly once. While the breaker of its kind is
   * open, a call fails at once with the failure that opened it. Throws UpstreamError, or SERVER_BUSY when too many reads wait.
   */
  call(request: WireRequest, options?: CallOptions): Promise<UpstreamAnswer>;
  breakers(): Readonly<Record<CallKind, BreakerState>>;
  close(): void;
}

/** Each kind has its own breaker. createJob has none: its outbox alone decides when it is sent. */
const kindOfOperation: Readonly<Record<WireRequest["operation"], CallKind | null>> = {
  getJobs: "lists",
  searchJobs: "lists",
  getReport: "reports",
  cancelJob: "acts",
  stopJob: "acts",
  createJob: null,
};

/** Creates the client of the six operations, with one rule for errors (by body, then by HTTP status) and retries. */
export function createUpstreamClient({
  transport,
  clock,
  deadlineMs,
  localNow = Date.now,
  random = Math.random,
  wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  onExchange = () => {},
}: UpstreamClientOptions): UpstreamClient {
  const exchange = createExchange({ transport, clock, localNow, onExchange });
  const calls = createGuardedCalls(exchange, localNow, random);
  const read = createRepeatedReads({ calls, clock, deadlineMs, localNow, random, wait });
  return {
    call(request, options = {}) {
      const kind = kindOfOperation[request.operation];
      if (kind === null) return exchange(request, 1, options);
      return kind === "acts" ? calls.call(kind, request, 1, options) : read(kind, request, options);
    },
    breakers: () => ({
      lists: calls.stateOf("lists"),
      reports: calls.stateOf("reports"),
      acts: calls.stateOf("acts"),
    }),
    close: () => transport.close(),
  };
}
