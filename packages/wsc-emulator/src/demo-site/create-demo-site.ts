import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import express, { type ErrorRequestHandler } from "express";
import { accountPages } from "./account-pages.ts";
import { adminPages } from "./admin-pages.ts";
import { cataloguePages } from "./catalogue-pages.ts";
import { checkoutPages } from "./checkout-pages.ts";
import { demoControlRoutes } from "./demo-control-routes.ts";
import { sessionCookieHeader } from "./demo-cookies.ts";
import { renderPage } from "./demo-layout.ts";
import { DemoSessions } from "./demo-sessions.ts";
import type { DemoSiteWeakness } from "./demo-site-weaknesses.ts";
import { echoPages } from "./echo-pages.ts";
import { includePages } from "./include-pages.ts";
import { lookupPages } from "./lookup-pages.ts";
import { signInPages } from "./sign-in-pages.ts";
import { type WeaknessChoice, WeaknessSwitches } from "./weakness-switches.ts";

export interface DemoSiteOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Default 127.0.0.1; loopback only. */
  readonly host?: string;
  /** The site's clock in milliseconds, for session expiry; default the machine's. */
  readonly now?: () => number;
}

export interface DemoSite {
  readonly origin: string;
  readonly port: number;
  /** The weaknesses open now: what a scan finds without a sign-in (the default) or with a member's cookie. */
  weaknesses(visitor?: "anonymous" | "member"): readonly DemoSiteWeakness[];
  /** Repairs weaknesses by id, by default all. Throws without any change if an id is unknown. */
  patch(ids?: WeaknessChoice): void;
  /** Opens weaknesses, repaired ones and those not present at the start. Throws like `patch`. */
  plant(ids: WeaknessChoice): void;
  /** Resets the weaknesses and ends all sessions. */
  reset(): void;
  /** Signs the member in; returns the value of the Cookie header. */
  signIn(): string;
  /** Ends every session, as if it had expired. */
  endSessions(): void;
  close(): Promise<void>;
}

const loopbackHosts = new Set(["127.0.0.1", "::1", "localhost"]);
const stylesheet = fileURLToPath(new URL("demo-site.css", import.meta.url));

const refuse: ErrorRequestHandler = (error, _request, response, _next) => {
  const status = typeof error?.status === "number" && error.status < 500 ? error.status : 500;
  response.status(status).send(renderPage("Something went wrong", "<p>The request could not be read.</p>"));
};

/**
 * Starts the deliberately vulnerable shop (`demoSiteWeaknesses`), so that a scan has something to find. Accepts loopback hosts
 * only: such a site must not be reachable from a network.
 */
export async function createDemoSite(options: DemoSiteOptions = {}): Promise<DemoSite> {
  const { port = 0, host = "127.0.0.1", now = Date.now } = options;
  if (!loopbackHosts.has(host))
    throw new Error(`The demo site is weak on purpose and binds to loopback only, not to ${host}`);

  const switches = new WeaknessSwitches();
  const sessions = new DemoSessions(now);
  const app = express();
  app.disable("x-powered-by");
  app.use("/control", demoControlRoutes(switches, sessions));
  app.use((_request, response, next) => {
    // Scripts injected by a link run without an origin: they reach neither cookies nor other servers of this machine.
    response.setHeader("Content-Security-Policy", "sandbox allow-forms allow-scripts");
    next();
  });
  app.get("/demo-site.css", (_request, response) => response.sendFile(stylesheet));
  app.use(express.urlencoded({ extended: false, limit: "64kb" }));
  app.use(
    cataloguePages(),
    checkoutPages(),
    adminPages(),
    echoPages(switches),
    includePages(switches, () => new Date(now())),
    lookupPages(switches),
    signInPages(sessions),
    accountPages(sessions, switches),
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
    weaknesses: (visitor = "anonymous") => switches.list(visitor),
    patch: (ids = "all") => switches.patch(ids),
    plant: (ids) => switches.plant(ids),
    reset() {
      switches.restore();
      sessions.closeAll();
    },
    signIn: () => sessionCookieHeader(sessions.open()),
    endSessions: () => sessions.closeAll(),
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
