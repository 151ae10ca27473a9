import { Counter, Histogram, type Registry } from "prom-client";

/** What is measured of a request that has been responded to. */
export interface AnsweredRequest {
  readonly method: string;
  /** Template of the route that responded, such as `/api/jobs/:instanceNo`; `null` when none was reached. */
  readonly route: string | null;
  readonly status: number;
  readonly durationMs: number;
  /** The response has no end, such as an event stream. */
  readonly isStream: boolean;
}

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]);
/** Requests refused before routing, pages and files of the web, and paths that do not exist. */
const noRoute = "none";

interface Series {
  readonly count: Counter.Internal;
  readonly duration: Histogram.Internal<string>;
}

/** Rate, errors and duration of requests. Labels are route templates, never the requested path. */
export function createRequestMetrics(registry: Registry) {
  const registers = [registry];
  const requests = new Counter({
    name: "wsc_http_requests_total",
    help: "Answered requests by method, route template and HTTP status; route none: a page, a file, or refused before a route was chosen.",
    labelNames: ["method", "route", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "wsc_http_request_duration_seconds",
    help: "How long requests took until their answer was sent; event streams are left out.",
    labelNames: ["method", "route"],
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  /** Cache of series by their labels; bounded by the numbers of methods, routes and statuses. */
  const known = new Map<string, Series>();
  function seriesOf(method: string, route: string, status: number): Series {
    const key = `${method} ${route} ${status}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const series: Series = {
      count: requests.labels(method, route, String(status)),
      duration: durations.labels(method, route),
    };
    known.set(key, series);
    return series;
  }
  return ({ method, route, status, durationMs, isStream }: AnsweredRequest): void => {
    const { count, duration } = seriesOf(methods.has(method) ? method : "other", route ?? noRoute, status);
    count.inc();
    if (!isStream) duration.observe(durationMs / 1000);
  };
}
