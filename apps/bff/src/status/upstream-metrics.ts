import { callKinds, isErrorCode } from "@wsc-dashboard/wsc-core";
import type { GatewayClock, UpstreamClient, UpstreamEvent } from "@wsc-dashboard/wsc-core/node";
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Metrics of exchanges with the upstream, of its clock, and of paused calls. */
export function createUpstreamMetrics(registry: Registry, clock: GatewayClock) {
  const registers = [registry];
  const requests = new Counter({
    name: "wsc_upstream_requests_total",
    help: "Exchanges with the upstream by operation and outcome; 0 is success.",
    labelNames: ["operation", "code"],
    registers,
  });
  const durations = new Histogram({
    name: "wsc_upstream_request_duration_seconds",
    help: "How long exchanges with the upstream took.",
    labelNames: ["operation"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const retries = new Counter({
    name: "wsc_upstream_retries_total",
    help: "Exchanges with the upstream that repeated a failed one.",
    labelNames: ["operation"],
    registers,
  });
  let breakers: UpstreamClient["breakers"] | null = null;
  new Gauge({
    name: "wsc_upstream_breaker_open",
    help: "1 while calls of this kind are paused because the upstream failed.",
    labelNames: ["kind"],
    registers,
    collect() {
      for (const kind of callKinds) this.set({ kind }, (breakers?.()[kind].state ?? "closed") === "closed" ? 0 : 1);
    },
  });
  new Gauge({
    name: "wsc_clock_skew_seconds",
    help: "The upstream's clock minus this one's.",
    registers,
    collect() {
      this.set(clock.offsetMs / 1000);
    },
  });
  return {
    watchBreakers(watched: UpstreamClient["breakers"]): void {
      breakers = watched;
    },
    observe({ operation, code, durationMs, attempt }: UpstreamEvent): void {
      if (attempt > 1) retries.inc({ operation });
      requests.inc({ operation, code: code === "0" || isErrorCode(code) ? code : "other" });
      durations.observe({ operation }, durationMs / 1000);
    },
  };
}
