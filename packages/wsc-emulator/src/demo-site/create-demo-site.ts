import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import express, { type ErrorRequestHandler } from "express";
import { renderPage } from "./demo-layout.ts";
import { soundPages, weakPages } from "./demo-pages.ts";

export interface DemoSite {
  origin: string;
  port: number;
  close(): Promise<void>;
}

const loopbackHosts = new Set(["127.0.0.1", "::1", "localhost"]);
const stylesheet = fileURLToPath(new URL("demo-site.css", import.meta.url));

const refuse: ErrorRequestHandler = (error, _request, response, _next) => {
  const status = typeof error?.status === "number" && error.status < 500 ? error.status : 500;
  response.status(status).send(renderPage("Something went wrong", "<p>The request could not be read.</p>"));
};

/**
 * Starts the shop that is weak on purpose (`demoSiteWeaknesses`), so that a scan has something to find.
 * `port` 0, the default, takes a free one. Refuses every host but loopback: such a site belongs on no network.
 */
export async function createDemoSite(options: { port?: number; host?: string } = {}): Promise<DemoSite> {
  const { port = 0, host = "127.0.0.1" } = options;
  if (!loopbackHosts.has(host))
    throw new Error(`The demo site is weak on purpose and binds to loopback only, not to ${host}`);

  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    // Scripts planted by a link run without an origin: they reach neither cookies nor other servers of this machine.
    response.setHeader("Content-Security-Policy", "sandbox allow-forms allow-scripts");
    next();
  });
  app.get("/demo-site.css", (_request, response) => response.sendFile(stylesheet));
  app.use(express.urlencoded({ extended: false, limit: "64kb" }));
  app.use(
    soundPages(),
    weakPages(() => new Date()),
  );
  app.use((_request, response) => {
    response.status(404).send(renderPage("Not found", "<p>There is no such page.</p>"));
  });
  app.use(refuse);

  const server = createServer(app);
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    origin: `http://${name}:${address.port}`,
    port: address.port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
