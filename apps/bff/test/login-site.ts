import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface LoginSite {
  readonly origin: string;
  readonly user: string;
  readonly password: string;
  /** Requested paths, with the session number, if any. */
  readonly visits: string[];
  /** The behaviour of the next sign-ins instead of the form's normal response. */
  behave(how: "normal" | "refuse" | "forget-cookie" | "wait"): void;
  /** Releases the waiting ones. */
  release(): void;
  signIn(): string;
  /** Serves a file, or removes it with `null`. */
  place(path: string, content: string | null): void;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString("utf8"));
}

/**
 * A site behind a form with a hidden token that belongs to its own cookie; only members see /members, with a vulnerable search.
 */
export async function startLoginSite(): Promise<LoginSite> {
  const user = "member-canary-81";
  const password = "pass wörd+canary-92&";
  const tokens = new Map<string, string>();
  const sessions = new Set<string>();
  const visits: string[] = [];
  const files = new Map<string, string>();
  let how: Parameters<LoginSite["behave"]>[0] = "normal";
  let waiting: (() => void)[] = [];
  const signIn = (): string => {
    const session = `session-canary-${randomBytes(8).toString("hex")}`;
    sessions.add(session);
    return `SID=${session}`;
  };
  const server = createServer(async (request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? "/", "http://site");
    const cookies = new Map((request.headers.cookie ?? "").split("; ").map((pair) => [pair.split("=")[0], pair]));
    const isMember = sessions.has((cookies.get("SID") ?? "").slice("SID=".length));
    visits.push(`${request.method} ${pathname}`);
    const html = (status: number, body: string, headers: Record<string, string | string[]> = {}): void => {
      response.writeHead(status, { "Content-Type": "text/html; charset=utf-8", ...headers }).end(body);
    };
    const file = files.get(pathname);
    if (file !== undefined) response.writeHead(200, { "Content-Type": "text/plain" }).end(file);
    else if (pathname === "/login" && request.method === "GET") {
      const [pre, token] = [randomBytes(8).toString("hex"), randomBytes(8).toString("hex")];
      tokens.set(`pre=${pre}`, token);
      html(
        200,
        `<form><input name="q"></form><form method="post" action="/session"><input type="hidden" name="token" value="${token}"><input name="id"><input type="password" name="pw"></form>`,
        { "Set-Cookie": `pre=${pre}; Path=/` },
      );
    } else if (pathname === "/session" && request.method === "POST") {
      const sent = await bodyOf(request);
      if (how === "wait") await new Promise<void>((resolve) => waiting.push(resolve));
      const hasToken = sent.get("token") === tokens.get(cookies.get("pre") ?? "");
      const isRight = sent.get("id") === user && sent.get("pw") === password && hasToken;
      if (how === "refuse") html(403, "no");
      else if (!isRight) html(200, `<p>Wrong: ${sent.get("pw")}</p><form><input type="password" name="pw"></form>`);
      else
        html(302, "", {
          Location: `/members/area?ticket=ticket-canary`,
          ...(how === "forget-cookie" ? {} : { "Set-Cookie": `${signIn()}; Path=/; HttpOnly` }),
        });
    } else if (pathname === "/members/area") {
      const searchForm = '<form action="/members/search"><input name="q"></form>';
      const text = `<h1>Members only</h1> Hello ${user}, your password is ${password} ${search} ${searchForm}`;
      html(isMember ? 200 : 401, isMember ? text : "");
    } else if (pathname === "/members/search") {
      html(isMember ? 200 : 401, isMember ? `<p>${searchParams.get("q")}</p>` : "");
    } else if (pathname === "/") {
      html(200, `<h1>Site</h1>${isMember ? '<a href="/members/area">area</a>' : '<a href="/login">sign in</a>'}`);
    } else html(404, "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    user,
    password,
    visits,
    behave: (next) => {
      how = next;
    },
    release: () => {
      for (const go of waiting) go();
      waiting = [];
    },
    signIn,
    place: (path, content) => {
      if (content === null) files.delete(path);
      else files.set(path, content);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A form sign-in for the site. */
export const formSignInOf = ({ origin, user, password }: LoginSite, change: object = {}) => ({
  kind: "form",
  pageUrl: `${origin}/login`,
  actionUrl: `${origin}/session`,
  idParam: "id",
  idValue: user,
  passwordParam: "pw",
  passwordValue: password,
  ...change,
});
