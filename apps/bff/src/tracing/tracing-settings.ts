import type { Environment } from "../config/env.ts";

/**
 * Values of https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ that are read here; the exporter
 * reads its own variables.
 */
const samplers = [
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
] as const;

export interface TracingSettings {
  readonly sampler: (typeof samplers)[number];
  /** Share of traces that are sampled, for samplers with `traceidratio`. */
  readonly ratio: number;
  /** Milliseconds between two exports. */
  readonly exportDelayMs: number;
}

export interface TracingChoice {
  /** `null` when tracing is off. */
  readonly settings: TracingSettings | null;
  /** Settings that are ignored, as sentences for the operator. */
  readonly warnings: readonly string[];
}

const isSampler = (text: string): text is TracingSettings["sampler"] => samplers.some((name) => name === text);

function readSampler(text: string, warnings: string[]): TracingSettings["sampler"] {
  if (text === "" || isSampler(text)) return text === "" ? "parentbased_always_on" : text;
  warnings.push(`OTEL_TRACES_SAMPLER is none of ${samplers.join(", ")}; parentbased_always_on is used`);
  return "parentbased_always_on";
}

function readNumber(name: string, text: string, max: number, fallback: number, warnings: string[]): number {
  if (text === "") return fallback;
  const value = /^\d{1,9}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  if (value <= max) return value;
  warnings.push(`${name} is no number from 0 to ${max}; ${fallback} is used`);
  return fallback;
}

/** Reads the tracing settings. As the specification says, tracing is on only when an exporter or its endpoint is set. */
export function readTracing(environment: Environment): TracingChoice {
  const textOf = (name: string): string => environment[name]?.trim() ?? "";
  const warnings: string[] = [];
  const exporter = textOf("OTEL_TRACES_EXPORTER").toLowerCase();
  const hasAddress = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"].some(
    (name) => textOf(name) !== "",
  );
  const isOn = exporter === "otlp" || (exporter === "" && hasAddress);
  if (!isOn && exporter !== "" && exporter !== "none") {
    warnings.push("OTEL_TRACES_EXPORTER is neither otlp nor none; nothing is traced");
  }
  if (!isOn || textOf("OTEL_SDK_DISABLED").toLowerCase() === "true") return { settings: null, warnings };
  const protocol = textOf("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL") || textOf("OTEL_EXPORTER_OTLP_PROTOCOL");
  if (protocol !== "" && protocol !== "http/json") {
    warnings.push(`OTEL_EXPORTER_OTLP_PROTOCOL ${protocol} is not supported; http/json is used`);
  }
  const settings = {
    sampler: readSampler(textOf("OTEL_TRACES_SAMPLER").toLowerCase(), warnings),
    ratio: readNumber("OTEL_TRACES_SAMPLER_ARG", textOf("OTEL_TRACES_SAMPLER_ARG"), 1, 1, warnings),
    exportDelayMs: readNumber("OTEL_BSP_SCHEDULE_DELAY", textOf("OTEL_BSP_SCHEDULE_DELAY"), 600_000, 5_000, warnings),
  };
  return { settings, warnings };
}

/** Values of the export headers, such as an API key, to be masked in the log. */
export function exportHeaderValues(environment: Environment): string[] {
  return ["OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"].flatMap((name) =>
    (environment[name] ?? "")
      .split(",")
      .map((pair) => pair.slice(pair.indexOf("=") + 1).trim())
      .filter((value) => value !== ""),
  );
}
