import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../src/config/config.ts";
import { headerMode, proxyHeaders } from "./identity/header-mode.ts";
import { jobBody, type Stack, startBff, startStack, until } from "./start-bff.ts";
import { programEnvironment } from "./start-program.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), "utf8");

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
const rules = (parse(read("deploy/monitoring/alerts.yml")) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);

let stack: Stack;
let dataDirectory: string;
beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), "wsc-monitoring-"));
  stack = await startStack({
    seed: true,
    environment: { WSC_BUDGET_PER_DAY: "5", WSC_DATA_DIR: dataDirectory },
  });
});
afterAll(async () => {
  await stack.close();
  rmSync(dataDirectory, { recursive: true, force: true });
});

/** The value of a series; `null` when it is missing. */
async function figure(series: string): Promise<number | null> {
  const line = (await stack.metrics()).split("\n").find((text) => text.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

/** Names of metrics in a text, without the suffixes of histograms. */
const namesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(?:wsc|nodejs|process)_[a-z0-9_]+/g)].map(([name]) => name.replace(/_bucket$/, ""))),
];

describe("requests are measured", () => {
  it("by the template of their route, without parameters", async () => {
    await stack.ask("GET", "/api/jobs?q=canary-query");
    await stack.ask("GET", "/api/jobs/471147114711");
    await stack.ask("GET", "/api/canary-path");
    await stack.ask("GET", "/canary-page");
    await stack.ask("PROPFIND", "/api/jobs/471247124712");
    await until(
      () => figure('wsc_http_requests_total{method="GET",route="/api/jobs/:instanceNo",status="404"}'),
      (count) => count === 1,
    );
    const text = await stack.metrics();
    expect(text).toContain('wsc_http_requests_total{method="GET",route="/api/jobs",status="200"} 1');
    expect(text).toContain('wsc_http_requests_total{method="GET",route="none",status="404"}');
    expect(text).toContain('wsc_http_request_duration_seconds_count{method="GET",route="/api/jobs"} 1');
    expect(text).toMatch(/wsc_http_requests_total\{method="other",.*status="4\d\d"\} 1/);
    expect(text).not.toMatch(/canary|471147114711|471247124712|PROPFIND/);
  });

  it("also when they are streams, but without their duration", async () => {
    await stack.ask("GET", "/api/events");
    await until(
      () => figure('wsc_http_requests_total{method="GET",route="/api/events",status="200"}'),
      (count) => count === 1,
    );
    expect(await stack.metrics()).not.toContain('duration_seconds_count{method="GET",route="/api/events"}');
  });
});

describe("the metrics contain", () => {
  it("the delay of submissions, the used budget, and the age of the oldest due submission", async () => {
    const body = jobBody(`${stack.emulator.origin}/`);
    expect((await stack.ask("POST", "/api/jobs", { persona: "operator", body })).status).toBe(202);
    await until(
      () => figure("wsc_submission_lateness_seconds_count"),
      (count) => count === 1,
    );
    expect(await figure("wsc_budget_day_used_jobs")).toBe(1);
    expect(await figure("wsc_budget_day_limit_jobs")).toBe(5);
    expect(await figure("wsc_oldest_due_submission_age_seconds")).toBe(0);
    await stack.database.db
      .updateTable("submission")
      .set({ state: "HELD", due_at: Date.now() - 90_000, next_at: null, settled_at: null })
      .execute();
    expect(await figure("wsc_oldest_due_submission_age_seconds")).toBeGreaterThanOrEqual(90);
  });

  it("the last verified entry of the audit chain, once verified, and whether it is broken", async () => {
    expect(await figure("wsc_audit_chain_intact")).toBeNull();
    await until(
      async () => (await stack.ask("GET", "/api/audit/chain", { persona: "auditor" })).json.state,
      (state) => state === "intact",
    );
    expect(await figure("wsc_audit_chain_intact")).toBe(1);
    expect(await figure("wsc_audit_verified_entries")).toBeGreaterThan(0);
    expect(await figure("wsc_audit_verified_timestamp_seconds")).toBeCloseTo(Date.now() / 1000, -2);
  });

  it("the last backup only when one was reported", async () => {
    expect(await figure("wsc_last_backup_timestamp_seconds")).toBeNull();
    await writeFile(join(dataDirectory, "last-backup"), "");
    await utimes(join(dataDirectory, "last-backup"), 1_700_000_000, 1_700_000_000);
    expect(await figure("wsc_last_backup_timestamp_seconds")).toBe(1_700_000_000);
  });

  it("denied logins by reason, and failures of the identity provider", async () => {
    const behindProxy = await startBff({
      upstreamUrl: "http://127.0.0.1:9",
      environment: { ...headerMode, WSC_TRUSTED_PROXIES: "127.0.0.1" },
    });
    const headers = proxyHeaders("canary-user", "no-such-group");
    expect((await behindProxy.ask("GET", "/api/session", { headers })).status).toBe(403);
    const refused = await behindProxy.metrics();
    await behindProxy.close();
    expect(refused).toContain('wsc_sign_ins_refused_total{code="NO_ROLE"} 1');
    expect(refused).not.toContain("canary-user");

    const withoutProvider = await startBff({
      upstreamUrl: "http://127.0.0.1:9",
      environment: {
        WSC_AUTH_MODE: "oidc",
        WSC_PUBLIC_ORIGIN: "http://127.0.0.1:3000",
        WSC_AUTH_ISSUER: "http://127.0.0.1:9",
        WSC_OIDC_CLIENT_ID: "dashboard",
        WSC_OIDC_CLIENT_SECRET: "canary-client-secret",
        WSC_ROLE_MAP: headerMode.WSC_ROLE_MAP ?? "",
        WSC_ENCRYPTION_KEYS: headerMode.WSC_ENCRYPTION_KEYS ?? "",
      },
    });
    await until(
      () => withoutProvider.metrics(),
      (text) => text.includes('wsc_identity_provider_errors_total{operation="discovery"} 1'),
    );
    await withoutProvider.close();
  });
});

describe("names of metrics", () => {
  it("follow Prometheus: a help text, _total for counters alone, base units, and Node's own unchanged", async () => {
    const text = await stack.metrics();
    const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
    const broken = types.flatMap(([, name = "", type]) => [
      ...(name.endsWith("_total") === (type === "counter") ? [] : [`${name}: _total is for counters, and always`]),
      ...(/_(?:ms|milliseconds|minutes|hours|kb|kilobytes|percent)(?:_|$)/.test(name) ? [`${name}: base unit`] : []),
      ...(/^# HELP \S+ \S/m.test(text.split("\n").find((line) => line.startsWith(`# HELP ${name} `)) ?? "")
        ? []
        : [`${name}: no help`]),
    ]);
    expect(broken).toEqual([]);
    expect(types.map(([, name]) => name)).toContain("nodejs_eventloop_lag_p99_seconds");
    expect(text).not.toContain("wsc_nodejs");
  });

  it("in rules, dashboard and documents are those of the server", async () => {
    const told = new Set(namesIn(await stack.metrics()));
    const files = [
      "deploy/monitoring/alerts.yml",
      "deploy/monitoring/alerts.test.yml",
      "deploy/monitoring/grafana-dashboard.json",
      "docs/monitoring.md",
    ];
    const unknown = files.flatMap((file) =>
      namesIn(read(file)).flatMap((name) => (told.has(name) ? [] : [`${file}: ${name}`])),
    );
    // The prefixes of Node's own metrics are written with a star.
    expect(unknown.filter((line) => !/: (?:nodejs|process)_$/.test(line))).toEqual([]);
    expect(namesIn(read("deploy/monitoring/grafana-dashboard.json")).length).toBeGreaterThan(20);
  });
});

describe("alert rules", () => {
  it("have a severity, a summary and a documented remedy, and every documented rule exists", () => {
    const described = [...read("docs/monitoring.md").matchAll(/^### (Wsc\w+)$/gm)].map(([, name]) => name);
    expect(rules.map(({ alert }) => alert).sort()).toEqual(described.sort());
    for (const { alert, labels, annotations, expr } of rules) {
      expect({ alert, severity: labels.severity }).toEqual({
        alert,
        severity: expect.stringMatching(/^(page|ticket)$/),
      });
      expect(annotations.summary ?? "", alert).not.toBe("");
      expect(expr, alert).toMatch(/[<>=]/);
    }
  });

  it("each fire in their own test", () => {
    const tested = [...read("deploy/monitoring/alerts.test.yml").matchAll(/alertname="(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(tested.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });
});

describe("the dashboard for Grafana", () => {
  it("has panels with ids of their own, and asks the chosen data source for the chosen job", () => {
    const { panels, templating } = JSON.parse(read("deploy/monitoring/grafana-dashboard.json"));
    const ids = panels.map(({ id }: { id: number }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(templating.list.map(({ name }: { name: string }) => name)).toEqual(["datasource", "job"]);
    for (const { title, type, targets = [] } of panels) {
      expect(targets.length > 0, title).toBe(type !== "row");
      for (const { expr, datasource } of targets) {
        expect(expr, title).toContain('job="$job"');
        expect(datasource.uid).toBe(`$${"{datasource}"}`);
      }
    }
  });
});

describe("WSC_METRICS_HOST", () => {
  const read = (more: Record<string, string>) => readConfig({ ...programEnvironment, ...more });

  it("is an address, does nothing alone, and is said to", () => {
    expect(read({ WSC_METRICS_PORT: "9464", WSC_METRICS_HOST: "10.0.0.7" })).toMatchObject({
      config: { metricsHost: "10.0.0.7", metricsPort: 9464 },
      warnings: [],
    });
    expect(read({ WSC_METRICS_HOST: "10.0.0.7" })).toMatchObject({
      warnings: [expect.stringContaining("WSC_METRICS_HOST")],
    });
    for (const host of ["http://10.0.0.7", "10.0.0.7:9464", "a b"]) {
      expect(read({ WSC_METRICS_PORT: "9464", WSC_METRICS_HOST: host })).toMatchObject({
        problems: [expect.stringContaining("WSC_METRICS_HOST")],
      });
    }
  });
});
