import { callKinds, isErrorCode, submissionStates } from "@wsc-dashboard/wsc-core";
import type { GatewayClock, UpstreamClient, UpstreamEvent } from "@wsc-dashboard/wsc-core/node";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { DatabaseStatus } from "./database-status.ts";

export interface Metrics {
  /** Tells of an exchange with the upstream. */
  observe(event: UpstreamEvent): void;
  /** Tells from now on whether calls to the upstream are paused. */
  watchBreakers(breakers: UpstreamClient["breakers"]): void;
  /** Everything in the text format of Prometheus. */
  render(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Figures for a monitoring system. Labels come from fixed lists: no host, no user, no address, nothing secret. */
export function createMetrics(database: DatabaseStatus, clock: GatewayClock, version: string): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "wsc_" });
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
    name: "wsc_submissions",
    help: "Submissions by state.",
    labelNames: ["state"],
    registers,
    async collect() {
      // A database that fails leaves the figures out instead of giving old ones.
      this.reset();
      const counts = await database.submissions().catch(() => null);
      if (counts === null) return;
      for (const state of submissionStates) {
        this.set({ state }, counts.find((row) => row.state === state)?.count ?? 0);
      }
    },
  });
  new Gauge({
    name: "wsc_store_writable",
    help: "1 when a small write to the database comes through.",
    registers,
    async collect() {
      this.set((await database.health()).isWritable ? 1 : 0);
    },
  });
  new Gauge({
    name: "wsc_audit_entries",
    help: "Entries of the audit chain.",
    registers,
    async collect() {
      const entries = await database.auditEntries().catch(() => null);
      if (entries !== null) this.set(entries);
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
  new Gauge({
    name: "wsc_build_info",
    help: "The running version.",
    labelNames: ["version"],
    registers,
  }).set({ version }, 1);

  return {
    watchBreakers(watched) {
      breakers = watched;
    },
    observe({ operation, code, durationMs, attempt }) {
      if (attempt > 1) retries.inc({ operation });
      requests.inc({ operation, code: code === "0" || isErrorCode(code) ? code : "other" });
      durations.observe({ operation }, durationMs / 1000);
    },
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
