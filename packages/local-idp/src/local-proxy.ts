import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { parseCookie, stringifySetCookie } from "cookie";
import { type LocalIdp, startLocalIdp } from "./local-idp.ts";
import { type AssertionMode, type ProxyAssertion, proxyAssertions } from "./proxy-assertion.ts";
import { createProxySignIn, type ProxySignIn, proxyPaths } from "./proxy-sign-in.ts";

export interface LocalProxy {
  /** The provider at which people log in. */
  readonly idp: LocalIdp;
  /** Settings for the dashboard behind the proxy. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface LocalProxyOptions {
  readonly assertionMode: AssertionMode;
  /** Origin of the proxy, as browsers see it. */
  readonly origin: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Local port of the dashboard. */
  readonly dashboardPort: number;
}

const sessionCookie = "local_proxy_session";
const flowCookie = "local_proxy_flow";
/** Pages for people who are not logged in. */
const openPath = /^\/(?:signed-out|assets\/.*|favicon\.svg)$/;
/** Hop-by-hop headers. */
const hopHeaders = ["connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];

const cookieOf = ({ headers }: IncomingMessage, name: string): string => parseCookie(headers.cookie ?? "")[name] ?? "";
const setCookie = (name: string, value: string, maxAge?: number): string =>
  stringifySetCookie({
    name,
    value,
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    ...(maxAge === undefined ? {} : { maxAge }),
  });
const clearCookie = (name: string): string => setCookie(name, "", 0);

/**
 * Starts a proxy that serves pages only to people authenticated by the local provider, and asserts their identity to the
 * dashboard behind it.
 */
export async function startLocalProxy(options: LocalProxyOptions): Promise<LocalProxy> {
  const { origin, listen, dashboardPort } = options;
  const idp = await startLocalIdp(origin, proxyPaths.callback);
  const assertion = await proxyAssertions[options.assertionMode](origin);
  const signIn = await createProxySignIn(idp, origin);

  const needsSession = (request: IncomingMessage, path: string): boolean =>
    !openPath.test(path) && (isPage(request) || (assertion.sendsCallsAway && path.startsWith("/api/")));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const session = cookieOf(request, sessionCookie);
    if (path === proxyPaths.keys) {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ keys: assertion.keys }));
    } else if (path === proxyPaths.callback) {
      await finishSignIn(signIn, request, response);
    } else if (path === proxyPaths.signOut) {
      response.setHeader("Set-Cookie", clearCookie(sessionCookie));
      redirect(response, signIn.end(session));
    } else if (needsSession(request, path) && !signIn.isKnown(session)) {
      const { url, state } = await signIn.begin(request.url ?? "/");
      response.setHeader("Set-Cookie", setCookie(flowCookie, state));
      redirect(response, url);
    } else {
      const person = path.startsWith("/api/") ? await signIn.whoIs(session) : null;
      const assertionHeaders = person === null ? {} : await assertion.headersFor(person);
      await passOn(request, response, dashboardPort, { ...foreignHeaders(request, assertion), ...assertionHeaders });
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      // The browser has disconnected, or the dashboard is not reachable.
      if (response.headersSent) response.destroy();
      else response.writeHead(502, { "Content-Type": "text/plain" }).end("The dashboard does not answer.\n");
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(listen.port, listen.host, resolve);
  });
  return {
    idp,
    settings: {
      ...assertion.settings,
      WSC_ROLE_MAP: idp.roleMap,
      WSC_PUBLIC_ORIGIN: origin,
      WSC_AUTH_SIGN_OUT_URL: proxyPaths.signOut,
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await idp.close();
    },
  };
}

const isPage = ({ method, headers }: IncomingMessage): boolean =>
  method === "GET" && (headers["sec-fetch-mode"] ?? "navigate") === "navigate";

function redirect(response: ServerResponse, url: string): void {
  response.writeHead(303, { Location: url, "Cache-Control": "no-store" }).end();
}

async function finishSignIn(signIn: ProxySignIn, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { id, returnTo } = await signIn.finish(request.url ?? "", cookieOf(request, flowCookie));
    response.setHeader("Set-Cookie", [setCookie(sessionCookie, id), clearCookie(flowCookie)]);
    redirect(response, returnTo);
  } catch {
    response
      .writeHead(400, { "Content-Type": "text/plain" })
      .end("This sign-in did not succeed. Open the dashboard again.\n");
  }
}

/** Returns the client's headers without those that only the proxy may send. */
function foreignHeaders({ headers }: IncomingMessage, { ownHeaders }: ProxyAssertion): IncomingMessage["headers"] {
  const left = { ...headers };
  for (const name of [...hopHeaders, ...ownHeaders]) delete left[name.toLowerCase()];
  return left;
}

/** Streams in both directions, so that downloads and open responses pass without delay. */
async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  headers: IncomingMessage["headers"],
): Promise<void> {
  const { method = "GET", url = "/" } = request;
  const onward = requestOf({ host: "127.0.0.1", port, method, path: url, headers });
  response.once("close", () => onward.destroy());
  const arrived = new Promise<IncomingMessage>((resolve, reject) => {
    onward.once("response", resolve).once("error", reject);
  });
  request.pipe(onward);
  const reply = await arrived;
  const own = { ...reply.headers };
  for (const name of hopHeaders) delete own[name];
  response.writeHead(reply.statusCode ?? 502, own);
  await pipeline(reply, response);
}
