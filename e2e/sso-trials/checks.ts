import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Visitor } from "../../apps/bff/test/identity/visitor.ts";
import { root } from "../../scripts/toolchain.mjs";
import { navigate } from "./navigate.ts";
import { groupOf, type RunningProduct, type TrialPlace } from "./product.ts";

/** What somebody would send who wants to be another person. */
const forged = {
  "Remote-User": "admin",
  "Remote-Groups": groupOf("admin"),
  "X-Forwarded-User": "admin",
  "X-Forwarded-Groups": groupOf("admin"),
  X_Forwarded_Groups: groupOf("admin"),
  "X-WSC-Proxy-Secret": "0".repeat(32),
};

const jobBody = JSON.stringify({
  startUrl: "https://shop.example.com/",
  consent: { textVersion: "1", accepted: true },
});

const ownHeaders = { "X-WSC-Request": "1", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors" };

export interface TrialContext extends TrialPlace {
  readonly product: RunningProduct;
}

interface Check {
  readonly promise: string;
  /** Throws with what was seen instead. */
  run(context: TrialContext): Promise<void>;
}

function expectThat(isTrue: boolean, seen: unknown): void {
  if (!isTrue) throw new Error(`saw ${typeof seen === "string" ? seen : JSON.stringify(seen)}`);
}

async function signedIn({ origin, product }: TrialContext, person: string): Promise<Visitor> {
  const visitor = new Visitor(origin);
  await product.signIn(visitor, person);
  return visitor;
}

const readSession = async (visitor: Visitor, headers: Readonly<Record<string, string>> = {}) => {
  const { response } = await visitor.open(`${visitor.origin}/api/session`, undefined, {
    headers: { ...ownHeaders, ...headers },
  });
  const text = await response.text();
  return { status: response.status, roles: response.status === 200 ? JSON.parse(text).user.roles : [], text };
};

async function order(visitor: Visitor): Promise<number> {
  const { response } = await visitor.open(`${visitor.origin}/api/jobs`, undefined, {
    method: "POST",
    headers: { ...ownHeaders, "Content-Type": "application/json", "Idempotency-Key": randomUUID() },
    body: jobBody,
  });
  await response.arrayBuffer();
  return response.status;
}

async function createViewerToken(admin: Visitor): Promise<string> {
  const { response } = await admin.open(`${admin.origin}/api/tokens`, undefined, {
    method: "POST",
    headers: { ...ownHeaders, "Content-Type": "application/json", "Idempotency-Key": randomUUID() },
    body: JSON.stringify({ name: "trial", role: "viewer", targets: null, expiresInDays: 1 }),
  });
  const text = await response.text();
  const token = /wsc_[0-9A-Za-z]{42}/.exec(text)?.[0];
  if (token === undefined) throw new Error(`no token: ${response.status} ${text}`);
  return token;
}

/** A program asks as `wsc` does, without cookies; returns the status. */
async function askAs(
  { origin }: TrialContext,
  token: string,
  headers: Readonly<Record<string, string>>,
  method = "GET",
): Promise<number> {
  const json = { "Content-Type": "application/json", "Idempotency-Key": randomUUID() };
  const response = await fetch(`${origin}/api/jobs`, {
    method,
    headers: { ...headers, ...(method === "GET" ? {} : json), Authorization: `Bearer ${token}` },
    redirect: "manual",
    ...(method === "GET" ? {} : { body: jobBody }),
  });
  await response.arrayBuffer();
  return response.status;
}

export const checks: readonly Check[] = [
  {
    promise: "nobody reads data without being signed in, whatever they claim",
    async run({ origin }) {
      for (const headers of [{}, forged]) {
        const { status } = await readSession(new Visitor(origin), headers);
        expectThat(status === 401, status);
      }
    },
  },
  {
    promise: "a page sends people to sign in",
    async run({ origin }) {
      const { status } = await navigate(new Visitor(origin), `${origin}/jobs`);
      expectThat([302, 303, 401].includes(status), status);
    },
  },
  {
    promise: "people have the role of their group, and no other by headers of their own",
    async run(context) {
      for (const person of ["viewer", "operator", "admin", "auditor"]) {
        const visitor = await signedIn(context, person);
        for (const headers of [{}, forged]) {
          const { status, roles, text } = await readSession(visitor, headers);
          expectThat(status === 200 && String(roles) === person, status === 200 ? roles : text);
        }
      }
    },
  },
  {
    promise: "an operator orders a job, a viewer does not",
    async run(context) {
      const statuses = [
        await order(await signedIn(context, "operator")),
        await order(await signedIn(context, "viewer")),
      ];
      expectThat(String(statuses) === "202,403", statuses);
    },
  },
  {
    promise: "the dashboard's own port believes nobody without the secret",
    async run({ dashboardPort, origin }) {
      const direct = `http://127.0.0.1:${dashboardPort}/api/session`;
      const response = await fetch(direct, { headers: { ...ownHeaders, ...forged, Host: new URL(origin).host } });
      await response.arrayBuffer();
      expectThat([401, 421].includes(response.status), response.status);
    },
  },
  {
    promise: "events arrive while the answer goes on",
    async run(context) {
      const visitor = await signedIn(context, "viewer");
      const stop = new AbortController();
      const { response } = await visitor.open(`${visitor.origin}/api/events`, undefined, {
        headers: { ...ownHeaders, Accept: "text/event-stream" },
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(20_000)]),
      });
      const first = await response.body?.getReader().read();
      stop.abort();
      expectThat(response.status === 200 && (first?.value?.length ?? 0) > 0, response.status);
    },
  },
  {
    promise: "a large file arrives unchanged",
    async run({ origin }) {
      const directory = join(root, "apps", "web", "dist", "assets");
      const [largest] = readdirSync(directory)
        .filter((name) => name.endsWith(".js"))
        .map((name) => ({ name, content: readFileSync(join(directory, name)) }))
        .sort((one, other) => other.content.length - one.content.length);
      const response = await fetch(`${origin}/assets/${largest?.name}`);
      const content = Buffer.from(await response.arrayBuffer());
      expectThat(largest?.content.equals(content) ?? false, `${response.status}, ${content.length} bytes`);
    },
  },
  {
    promise: "a service token needs no sign-in and has its own role alone; nothing else passes in its place",
    async run(context) {
      const token = await createViewerToken(await signedIn(context, "admin"));
      const seen = [
        await askAs(context, token, {}),
        await askAs(context, token, forged, "POST"),
        await askAs(context, `${token.slice(0, -1)}${token.endsWith("0") ? "1" : "0"}`, forged),
        await askAs(context, `${token}0`, forged),
        await askAs(context, "another", forged),
      ];
      expectThat(String(seen) === "200,403,401,401,401", seen);
    },
  },
  {
    promise: "a session that is gone at the proxy is gone at the dashboard",
    async run(context) {
      const visitor = await signedIn(context, "operator");
      visitor.cookies.clear();
      const { status } = await readSession(visitor);
      expectThat(status === 401, status);
    },
  },
];
