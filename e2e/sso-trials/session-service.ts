import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { parseCookie } from "cookie";
import { groupOf } from "./product.ts";

/** Which headers tell who somebody is, and where people sign in. */
export interface SessionServiceForm {
  readonly checkPath: string;
  readonly signInPath: string;
  headersOf(person: string, group: string): Readonly<Record<string, string>>;
}

/**
 * Stands where a company's sign-in service does: it knows sessions by a cookie and answers a proxy's question who somebody is. People
 * are signed in by naming themselves.
 */
export async function startSessionService({ checkPath, signInPath, headersOf }: SessionServiceForm) {
  const sessions = new Map<string, string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://service.invalid");
    const person = sessions.get(parseCookie(request.headers.cookie ?? "").trial_session ?? "");
    if (url.pathname === checkPath) {
      if (person === undefined) response.writeHead(401).end();
      else response.writeHead(200, { ...headersOf(person, groupOf(person)) }).end();
    } else if (url.pathname === signInPath && url.searchParams.has("person")) {
      const session = randomBytes(16).toString("hex");
      sessions.set(session, url.searchParams.get("person") ?? "");
      response.writeHead(200, { "Set-Cookie": `trial_session=${session}; Path=/; HttpOnly` }).end("signed in\n");
    } else response.writeHead(200).end("Sign in.\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
