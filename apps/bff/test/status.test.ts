import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../src/config/config.ts";
import { createDatabaseStatus } from "../src/status/database-status.ts";
import { createMetrics } from "../src/status/metrics.ts";
import { createMetricsServer } from "../src/status/serve-metrics.ts";
import { ringOf } from "./database-bench.ts";
import { accessKey, jobBody, type Stack, secretKey, startBff, startStack } from "./start-bff.ts";
import { programEnvironment } from "./start-program.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ seed: true, environment: { WSC_BUDGET_PER_DAY: "5" } });
});
afterAll(() => stack.close());

const status = async (persona = "admin") => (await stack.ask("GET", "/api/status", { persona })).json;
const test = async () => (await stack.ask("POST", "/api/status/test", { persona: "admin" })).json;
const outcomes = ({ steps }: { steps: { result: string }[] }) => steps.map(({ result }) => result);
const calls = () => stack.emulator.control.requests().map(({ operation }) => operation);

describe("the test of the connection", () => {
  it("passes every step with one read of the list, and creates nothing", async () => {
    stack.emulator.control.clearRequests();
    expect(outcomes(await test())).toEqual(["passed", "passed", "passed", "passed"]);
    expect(calls()).toEqual(["getJobs"]);
    expect((await status()).upstream).toMatchObject({ failure: null, lastSuccessAt: expect.any(String) });
  });

  it.each([
    ["200", ["passed", "passed", "failed", "skipped"]],
    ["210", ["passed", "passed", "passed", "failed"]],
    ["500", ["passed", "passed", "passed", "failed"]],
  ] as const)("says where the answer %s stops it, and why", async (code, expected) => {
    stack.emulator.control.addFault({ operation: "getJobs", times: 9, effect: { kind: "gateway-error", code } });
    const result = await test();
    stack.emulator.control.clearFaults();
    expect(outcomes(result)).toEqual(expected);
    expect(result.steps.find(({ result: outcome }: { result: string }) => outcome === "failed").code).toBe(code);
    expect((await status()).upstream.failure).toMatchObject({ code });
  });

  it("reports an upstream that does not answer", async () => {
    const lonely = await startBff({ upstreamUrl: "http://127.0.0.1:9" });
    const { json } = await lonely.ask("POST", "/api/status/test", { persona: "admin" });
    await lonely.close();
    expect(outcomes(json)).toEqual(["failed", "skipped", "skipped", "skipped"]);
    expect(json.steps[0].code).toBe("UPSTREAM_UNREACHABLE");
  });

  it.each(["viewer", "operator", "auditor"])("is not for a %s, nor are the settings", async (persona) => {
    expect((await stack.ask("POST", "/api/status/test", { persona })).status).toBe(403);
    expect((await stack.ask("GET", "/api/status/settings", { persona })).status).toBe(403);
  });
});

describe("the status", () => {
  it("reports submissions and the remaining budget, without calling the upstream", async () => {
    const body = jobBody(`${stack.emulator.origin}/`, {
      when: { kind: "at", localTime: "2027-06-01T02:00", zone: "UTC" },
    });
    expect((await stack.ask("POST", "/api/jobs", { persona: "operator", body })).status).toBe(202);
    stack.emulator.control.clearRequests();
    expect(await status("viewer")).toMatchObject({
      store: { kind: "sqlite", isWritable: true, isLocked: true, areKeysOpen: true },
      dispatcher: { failure: null },
      budget: { day: { used: 0, limit: 5 }, userHour: null },
      submissions: [{ state: "SCHEDULED", count: 1 }],
      schedules: { active: 0, paused: 0 },
    });
    expect(calls()).toEqual([]);
  });

  it("shows the last four characters of the access key to admins only", async () => {
    expect((await status("admin")).upstream.accessKeyEnd).toBe(accessKey.slice(-4));
    for (const persona of ["viewer", "operator", "auditor"]) {
      expect((await status(persona)).upstream.accessKeyEnd).toBeNull();
    }
  });

  it("reports encryption keys that no longer decrypt stored values", async () => {
    await sql`insert into key (name, sealed) values ('audit/9', 'v1.0.0.0')`.execute(stack.database.db);
    expect((await status()).store.areKeysOpen).toBe(false);
    await sql`delete from key where name = 'audit/9'`.execute(stack.database.db);
    expect((await status()).store.areKeysOpen).toBe(true);
  });

  it("shows every setting with its value to an admin, and of secrets only that they are set", async () => {
    const answer = await stack.ask("GET", "/api/status/settings", { persona: "admin" });
    const of = (name: string) => answer.json.settings.find((fact: { name: string }) => fact.name === name);
    expect(of("WSC_ACCESS_KEY")).toEqual({
      name: "WSC_ACCESS_KEY",
      isSecret: true,
      isSet: true,
      value: null,
      isDefault: false,
    });
    expect(of("WSC_DATABASE_URL")).toMatchObject({ isSet: false, value: null });
    expect(of("WSC_TIME_ZONE")).toMatchObject({ isSet: false, value: "Asia/Seoul", isDefault: true });
    expect(answer.text).not.toMatch(new RegExp(`${accessKey}|${secretKey}`));
  });
});

describe("metrics", () => {
  const clock = { offsetMs: 42_000, now: () => Date.now() } as Parameters<typeof createMetrics>[1];

  it("are served on a port of their own, with labels from fixed lists and without secrets", async () => {
    const metrics = createMetrics(createDatabaseStatus(stack.database, ringOf(1)), clock, "1.2.3");
    const exchange = { operation: "getJobs", attempt: 1, durationMs: 80, httpStatus: 200, traceId: undefined } as const;
    for (const code of ["0", "410", "</metrics>", "123456"]) metrics.observe({ ...exchange, code });
    const server = createMetricsServer(metrics);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const text = await (await fetch(`${origin}/metrics`)).text();
    expect(text).toContain('wsc_upstream_requests_total{operation="getJobs",code="0"} 1');
    expect(text).toContain('wsc_upstream_requests_total{operation="getJobs",code="other"} 2');
    expect(text).toContain('wsc_submissions{state="SCHEDULED"} 1');
    expect(text).toContain("wsc_clock_skew_seconds 42");
    expect(text).toContain('wsc_build_info{version="1.2.3"} 1');
    expect(text).not.toMatch(/127\.0\.0\.1|dev:|canary/);
    for (const path of ["/", "/metrics/", "/metrics?x=1", "/api/session"]) {
      expect((await fetch(origin + path)).status).toBe(404);
    }
    expect((await fetch(`${origin}/metrics`, { method: "POST" })).status).toBe(404);
    server.close();
  });

  it("are not on the main port, and off without WSC_METRICS_PORT", async () => {
    expect((await stack.ask("GET", "/metrics", { headers: { Accept: "*/*" } })).text).not.toContain("wsc_");
    expect(readConfig(programEnvironment)).toMatchObject({ config: { metricsPort: null } });
    expect(readConfig({ ...programEnvironment, WSC_METRICS_PORT: "9464" })).toMatchObject({
      config: { metricsPort: 9464 },
    });
    for (const port of ["0", "65536", "x"]) {
      expect(readConfig({ ...programEnvironment, WSC_METRICS_PORT: port })).toMatchObject({
        problems: [expect.stringContaining("WSC_METRICS_PORT")],
      });
    }
  });
});
