import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createOpenTelemetry } from "../src/tracing/open-telemetry.ts";
import { exportHeaderValues, readTracing } from "../src/tracing/tracing-settings.ts";
import { headerMode, proxyHeaders } from "./identity/header-mode.ts";
import { startStack, until } from "./start-bff.ts";

interface Span {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** A collector that accepts OTLP over HTTP in JSON. */
const spans: Span[] = [];
const resources: string[] = [];
let collector: Server;
const endpoint = () => `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    for (const { resource, scopeSpans } of body.resourceSpans) {
      resources.push(JSON.stringify(resource));
      for (const scope of scopeSpans) spans.push(...scope.spans);
    }
    response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
});

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";

describe("tracing", () => {
  it("sends a request's span in the trace of the proxy, with the call to the gateway below it and nothing private", async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = endpoint();
    process.env.OTEL_RESOURCE_ATTRIBUTES = "deployment.environment.name=trial";
    const { settings } = readTracing(process.env);
    if (settings === null) throw new Error("tracing is off");
    const tracing = createOpenTelemetry({ ...settings, exportDelayMs: 10 }, "1.2.3");
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    delete process.env.OTEL_RESOURCE_ATTRIBUTES;
    const environment = { ...headerMode, WSC_TRUSTED_PROXIES: "127.0.0.1" };
    const stack = await startStack({ environment, tracing });
    try {
      const headers = {
        ...proxyHeaders("canary-person", "readers"),
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      };
      await stack.ask("GET", "/livez", { headers });
      const answer = await stack.ask("GET", "/api/jobs?q=canary-query&searchBy=memo", { headers });
      expect(answer.status).toBe(200);
    } finally {
      await stack.close();
      await tracing.close();
    }
    const request = spans.find(({ name }) => name === "GET /api/jobs");
    expect(request).toMatchObject({ traceId, parentSpanId: "00f067aa0ba902b7", kind: 2 });
    const call = spans.find(({ name, parentSpanId }) => name === "searchJobs" && parentSpanId === request?.spanId);
    expect(call).toMatchObject({ traceId, kind: 3 });
    expect(spans.some(({ name }) => name.includes("livez"))).toBe(false);
    expect(JSON.stringify(spans)).not.toMatch(/canary|127\.0\.0\.1/);
    const line = stack.logs.map((text) => JSON.parse(text)).find((fields) => fields["url.path"] === "/api/jobs");
    expect(line).toMatchObject({ "trace.id": traceId, "span.id": request?.spanId });
    expect(resources[0]).toContain("wsc-dashboard");
    expect(resources[0]).toContain("trial");
  });

  it("costs nothing but spans when no collector answers", async () => {
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = "http://127.0.0.1:9";
    const { settings } = readTracing(process.env);
    if (settings === null) throw new Error("tracing is off");
    const tracing = createOpenTelemetry({ ...settings, exportDelayMs: 10 }, "1.2.3");
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    const stack = await startStack({ tracing });
    try {
      const statuses = await Promise.all([1, 2, 3].map(async () => (await stack.ask("GET", "/api/jobs")).status));
      expect(statuses).toEqual([200, 200, 200]);
      await until(
        () => stack.logs.length,
        (count) => count > 0,
      );
    } finally {
      await stack.close();
      await tracing.close();
    }
  });

  it("is on when an exporter or its address is named, and off for everybody else", () => {
    const isOn = (environment: Record<string, string>) => readTracing(environment).settings !== null;
    expect(isOn({})).toBe(false);
    expect(isOn({ OTEL_TRACES_EXPORTER: "otlp" })).toBe(true);
    expect(isOn({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" })).toBe(true);
    expect(isOn({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://collector:4318/v1/traces" })).toBe(true);
    expect(isOn({ OTEL_TRACES_EXPORTER: "none", OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318" })).toBe(false);
    expect(isOn({ OTEL_TRACES_EXPORTER: "otlp", OTEL_SDK_DISABLED: "True" })).toBe(false);
    expect(isOn({ OTEL_EXPORTER_OTLP_ENDPOINT: " " })).toBe(false);
  });

  it("names each variable that it does not follow", () => {
    const odd = {
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_TRACES_SAMPLER: "sometimes",
      OTEL_TRACES_SAMPLER_ARG: "1.5",
      OTEL_BSP_SCHEDULE_DELAY: "-1",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    };
    const { settings, warnings } = readTracing(odd);
    expect(settings).toEqual({ sampler: "parentbased_always_on", ratio: 1, exportDelayMs: 5_000 });
    for (const name of Object.keys(odd).slice(1))
      expect(warnings.filter((text) => text.startsWith(`${name} `))).toHaveLength(1);
    expect(readTracing({ OTEL_TRACES_EXPORTER: "zipkin" }).warnings).toHaveLength(1);
  });

  it("knows the values of the exporter's headers, which are hidden in the log", () => {
    expect(exportHeaderValues({ OTEL_EXPORTER_OTLP_HEADERS: "api-key=s3cr=et, x-team = blue ,empty=" })).toEqual([
      "s3cr=et",
      "blue",
    ]);
  });
});
