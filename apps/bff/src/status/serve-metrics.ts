import { createServer, type Server } from "node:http";
import type { Metrics } from "./metrics.ts";

/** A separate server for /metrics, so that its port can be kept internal. It serves nothing else. */
export function createMetricsServer(metrics: Metrics): Server {
  return createServer((request, response) => {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (request.method !== "GET" || request.url !== "/metrics") {
      response.writeHead(404).end();
      return;
    }
    metrics.render().then(
      ({ type, text }) => response.writeHead(200, { "Content-Type": type }).end(text),
      () => response.writeHead(500).end(),
    );
  });
}
