import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { parseCookie, stringifySetCookie } from "cookie";
import { type LocalIdp, startLocalIdp } from "./local-idp.ts";
import { type AssertionMode, type ProxyAssertion, proxyAssertions } from "./proxy-assertion.ts";
import { createProxySignIn, type ProxySignIn, proxyPaths } from "./proxy-sign-in.ts";

export interface LocalProxy {
  /** Where it signs people in. */
  readonly idp: LocalIdp;
  /** What the dashboard behind it has to be told. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface LocalProxyOptions {
  readonly assertionMode: AssertionMode;
  /** Where browsers find the proxy. */
  readonly origin: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Where the proxy finds the dashboard: a port of this machine. */
  readonly dashboardPort: number;
}

const sessionCookie = "local_proxy_session";
const flowCookie = "local_proxy_flow";
/** Pages that are there for people who are not signed in. */
const openPath = /^\/(?:signed-out|assets\/.*|favicon\.svg)$/;
/** Belongs to one connection, not to what is said on it. */
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
 * Starts a proxy that lets nobody through to a page unless the local provider knows them, and tells the dashboard behind it
 * who it is.
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
      // A browser that left, or a dashboard that is not there.
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

/** What the client sent, without everything that only the proxy may say. */
function foreignHeaders({ headers }: IncomingMessage, { ownHeaders }: ProxyAssertion): IncomingMessage["headers"] {
  const left = { ...headers };
  for (const name of [...hopHeaders, ...ownHeaders]) delete left[name.toLowerCase()];
  return left;
}

/** Streams both ways, so that downloads and open answers pass as they come. */
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
