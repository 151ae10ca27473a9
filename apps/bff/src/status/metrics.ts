import { type DeliveryOutcome, deliveryOutcomes, type ErrorCode, isErrorCode } from "@wsc-dashboard/wsc-core";
import type { GatewayClock, UpstreamClient, UpstreamEvent } from "@wsc-dashboard/wsc-core/node";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { createDatabaseMetrics } from "./database-metrics.ts";
import type { DatabaseStatus } from "./database-status.ts";
import { type AnsweredRequest, createRequestMetrics } from "./request-metrics.ts";
import { createUpstreamMetrics } from "./upstream-metrics.ts";

/** Read at each scrape; `null`: no value. */
export interface MetricSources {
  /** Jobs of today, and the limit. */
  readonly dayBudget: () => Promise<{ readonly used: number; readonly limit: number } | null>;
  readonly followers: () => number;
  /** The latest verification of the audit chain by this process. */
  readonly chain: () => { readonly verified: number; readonly isIntact: boolean; readonly at: number } | null;
  /** Milliseconds since the epoch. */
  readonly lastBackupAt: () => Promise<number | null>;
}

const providerOperations = ["discovery", "start", "callback", "refresh", "end", "keys"] as const;
/** Operations of the identity provider. */
export type ProviderOperation = (typeof providerOperations)[number];

/** Codes with which people are refused before anything else of their request is examined. */
const refusalCodes: readonly ErrorCode[] = [
  "SESSION_REQUIRED",
  "NO_ROLE",
  "GROUPS_OVERAGE",
  "IDENTITY_UNAVAILABLE",
  "TOKEN_INVALID",
  "TOKEN_ATTEMPTS_EXHAUSTED",
  "SIGN_IN_DENIED",
  "SIGN_IN_INTERRUPTED",
  "SIGN_IN_REFUSED",
];

export interface Metrics {
  /** Records an exchange with the upstream. */
  observe(event: UpstreamEvent): void;
  observeRequest(answered: AnsweredRequest): void;
  /** Records that a submission is sent for the first time, with the milliseconds since it was due. */
  observeLateness(lateMs: number): void;
  countRefusedSignIn(code: string): void;
  countProviderError(operation: ProviderOperation): void;
  /** Records an attempt to send a message. */
  countDelivery(outcome: DeliveryOutcome): void;
  /** From now on reports whether calls to the upstream are paused. */
  watchBreakers(breakers: UpstreamClient["breakers"]): void;
  watch(sources: MetricSources): void;
  /** All metrics in the text format of Prometheus. */
  render(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Gauges that are named like counters; other metrics have the same values by type. */
const misnamed = ["nodejs_active_resources_total", "nodejs_active_handles_total", "nodejs_active_requests_total"];

/** Gauges of values that parts of the server provide; a part without a value is left out. */
function createSourceGauges(registry: Registry, sources: MetricSources): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number | null | Promise<number | null>): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const value = await Promise.resolve()
          .then(read)
          .catch(() => null);
        if (value === null) this.remove();
        else this.set(value);
      },
    });
  };
  const chain = (): ReturnType<MetricSources["chain"]> => sources.chain();
  gauge("wsc_event_followers", "Pages that follow the changes.", sources.followers);
  gauge("wsc_budget_day_used_jobs", "Jobs of today, waiting ones that are due included.", async () => {
    return (await sources.dayBudget())?.used ?? null;
  });
  gauge("wsc_budget_day_limit_jobs", "Jobs that may be requested in a day; absent without a limit.", async () => {
    return (await sources.dayBudget())?.limit ?? null;
  });
  gauge(
    "wsc_audit_verified_entries",
    "Last entry of the audit chain that was verified; absent until this process has verified it.",
    () => chain()?.verified ?? null,
  );
  gauge("wsc_audit_chain_intact", "0 when the last verification of the audit chain failed.", () => {
    const last = chain();
    return last === null ? null : Number(last.isIntact);
  });
  gauge("wsc_audit_verified_timestamp_seconds", "When the audit chain was verified last.", () => {
    const last = chain();
    return last === null ? null : last.at / 1000;
  });
  gauge("wsc_last_backup_timestamp_seconds", "When the last backup was made; absent until one was told.", async () => {
    const at = await sources.lastBackupAt();
    return at === null ? null : at / 1000;
  });
}

function createCounters(registry: Registry) {
  const registers = [registry];
  const lateness = new Histogram({
    name: "wsc_submission_lateness_seconds",
    help: "How long after they were due submissions were sent for the first time.",
    buckets: [1, 5, 15, 60, 300, 900, 1800, 3600],
    registers,
  });
  const refused = new Counter({
    name: "wsc_sign_ins_refused_total",
    help: "Failed or denied authentications by code.",
    labelNames: ["code"],
    registers,
  });
  const providerErrors = new Counter({
    name: "wsc_identity_provider_errors_total",
    help: "Calls to the identity provider that failed, by what was asked for.",
    labelNames: ["operation"],
    registers,
  });
  const deliveries = new Counter({
    name: "wsc_delivery_attempts_total",
    help: "Attempts to deliver notifications by outcome.",
    labelNames: ["outcome"],
    registers,
  });
  // Counters start at 0: one that appears with its first event shows no increase, and an alert would miss a short burst.
  for (const code of refusalCodes) refused.inc({ code }, 0);
  for (const operation of providerOperations) providerErrors.inc({ operation }, 0);
  for (const outcome of deliveryOutcomes) deliveries.inc({ outcome }, 0);
  return { lateness, refused, providerErrors, deliveries };
}

/** Sampling interval of the event loop, in milliseconds: a shorter one costs an idle server more than everything else it does. */
const loopStepMs = 50;

/** Metrics for a monitoring system. Labels come from fixed lists: no host, no user, no address, nothing secret. */
export function createMetrics(database: DatabaseStatus, clock: GatewayClock, version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: loopStepMs });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const upstream = createUpstreamMetrics(registry, clock);
  const { lateness, refused, providerErrors, deliveries } = createCounters(registry);
  createDatabaseMetrics(registry, database, clock);
  new Gauge({
    name: "wsc_build_info",
    help: "The running version.",
    labelNames: ["version"],
    registers: [registry],
  }).set({ version }, 1);
  return {
    ...upstream,
    observeRequest: createRequestMetrics(registry),
    observeLateness: (lateMs) => lateness.observe(Math.max(0, lateMs / 1000)),
    countRefusedSignIn: (code) => refused.inc({ code: isErrorCode(code) ? code : "other" }),
    countProviderError: (operation) => providerErrors.inc({ operation }),
    countDelivery: (outcome) => deliveries.inc({ outcome }),
    watch: (sources) => createSourceGauges(registry, sources),
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
