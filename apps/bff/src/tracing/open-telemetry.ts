import { type Context, context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { serviceName } from "../log/logger.ts";
import { withinTime } from "../timers/within-time.ts";
import type { CallerSpan, Tracing, UpstreamSpan } from "./tracing.ts";
import type { TracingSettings } from "./tracing-settings.ts";

/** Time limit of the last export, in milliseconds. */
const closeMs = 5_000;

function createSampler({ sampler, ratio }: TracingSettings): Sampler {
  const basis = sampler.replace("parentbased_", "");
  const root =
    basis === "always_on"
      ? new AlwaysOnSampler()
      : basis === "always_off"
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(ratio);
  return sampler.startsWith("parentbased_") ? new ParentBasedSampler({ root }) : root;
}

/** Name and version of this server, merged with OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES. */
function resourceOf(version: string) {
  const own = resourceFromAttributes({ "service.name": serviceName, "service.version": version });
  const detectors = [resourceAttributesEnvDetector, serviceNameEnvDetector];
  return defaultResource().merge(own).merge(detectResources({ detectors }));
}

function parentOf(caller: CallerSpan | null): Context {
  if (caller === null) return ROOT_CONTEXT;
  const { traceId, spanId, flags } = caller;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags, isRemote: true });
}

/** OpenTelemetry traces, exported in the background by OTLP over HTTP. A failing collector only loses spans. */
export function createOpenTelemetry(settings: TracingSettings, version: string): Tracing {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter(),
    scheduledDelayMillis: settings.exportDelayMs,
  });
  const provider = new TracerProvider({
    sampler: createSampler(settings),
    resource: resourceOf(version),
    spanProcessors: [processor],
  });
  const tracer = provider.getTracer(serviceName, version);

  return {
    startRequest(method, path, caller) {
      const parent = parentOf(caller);
      const attributes = { "http.request.method": method, "url.path": path };
      const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
      const { traceId, spanId } = span.spanContext();
      return {
        traceId,
        spanId,
        run: (next) => context.with(trace.setSpan(parent, span), next),
        end({ route, status, finished }) {
          if (route !== null) {
            span.updateName(`${method} ${route}`);
            span.setAttribute("http.route", route);
          }
          span.setAttribute("http.response.status_code", status);
          if (status >= 500 || !finished) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        },
      };
    },

    recordUpstream({ operation, attempt, durationMs, httpStatus, code }: UpstreamSpan) {
      const endTime = Date.now();
      const attributes = {
        "wsc.upstream.attempt": attempt,
        "wsc.upstream.code": code,
        ...(httpStatus === null ? {} : { "http.response.status_code": httpStatus }),
        ...(code === "0" ? {} : { "error.type": code }),
      };
      const options = { kind: SpanKind.CLIENT, startTime: endTime - durationMs, attributes };
      const span = tracer.startSpan(operation, options, context.active());
      if (code !== "0") span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endTime);
    },

    async close() {
      await withinTime(
        provider.shutdown().catch(() => undefined),
        closeMs,
        undefined,
      );
      context.disable();
    },
  };
}
