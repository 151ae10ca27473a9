import { bffApi, type Endpoint } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Stack, startStack } from "../start-bff.ts";
import { headerMode } from "./header-mode.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ environment: headerMode });
});
afterAll(() => stack.close());

/** Spellings of a URL that some layer takes for a public one. */
const spellings = [
  "{}",
  "/{}",
  "//{}",
  "{}/",
  "{}//",
  "{};",
  "{};/livez",
  "/livez;{}",
  "/livez/..{}",
  "/livez/%2e%2e{}",
  "/livez%2f..{}",
  "/assets/..{}",
  "/assets/%2e%2e{}",
  "/.{}",
  "/%2e{}",
  "/./{}",
  "{}?/livez",
  "{}?path=/readyz",
  "{}%00",
  "{}%20",
  "{}%09",
  "{}.js",
  "{}.css",
  "{}/livez",
  "{}%3f/livez",
  "{}%23/livez",
  "/auth/login/..{}",
  "/auth/callback;{}",
  "/readyz/../..{}",
  "{}/.",
  "{}/..;/",
  "/%2f{}",
] as const;
const targets = ["/api/session", "/api/jobs"] as const;
/** Headers by which a client claims another path, another method, or to be a health check. */
const claims: readonly Readonly<Record<string, string>>[] = [
  { "X-Original-URL": "/livez" },
  { "X-Rewrite-URL": "/livez" },
  { "X-Forwarded-Prefix": "/livez" },
  { "X-Forwarded-Path": "/livez" },
  { "X-HTTP-Method-Override": "GET" },
  { "X-Method-Override": "HEAD" },
  { "User-Agent": "kube-probe/1.31" },
  { "User-Agent": "ELB-HealthChecker/2.0" },
  { "User-Agent": "GoogleHC/1.0" },
  { "X-Forwarded-Host": "localhost" },
];

async function expectNothingReached(path: string, headers: Readonly<Record<string, string>> = {}): Promise<void> {
  const asked = `${path} ${JSON.stringify(headers)}`;
  const answer = await stack.ask("GET", path, { headers: { Accept: "application/json", ...headers } });
  expect.soft([400, 401, 403, 404], asked).toContain(answer.status);
  expect
    .soft(answer.json, asked)
    .toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), requestId: expect.any(String) });
  expect.soft(stack.emulator.control.requests(), asked).toEqual([]);
}

it.each(targets)("%s requires an identity in every spelling of the path", async (target) => {
  for (const form of spellings) await expectNothingReached(form.replace("{}", target));
});

it("headers that claim another path, method or a health check do not bypass authentication", async () => {
  for (const headers of claims) await expectNothingReached("/api/jobs", headers);
});

it("is 401 for every path of the API, known or not", async () => {
  for (const path of ["/api/session", "/api/nothing", "/api/jobs/abc", "/api/jobs/1/report"]) {
    expect((await stack.ask("GET", path)).status).toBe(401);
    expect((await stack.ask("POST", path)).status).toBe(401);
  }
});

const endpoints: Endpoint[] = Object.values(bffApi).flatMap((group) => Object.values(group));

it("every endpoint of the contract is 401 without an identity", async () => {
  for (const { method, path } of endpoints) {
    const answer = await stack.ask(method, path.replaceAll(/:\w+/g, "1"));
    expect.soft(answer, `${method} ${path}`).toMatchObject({ status: 401, json: { code: "SESSION_REQUIRED" } });
  }
  expect(stack.emulator.control.requests()).toEqual([]);
});

it("answers requests without an identity at the listed public paths only", async () => {
  const page = (await stack.ask("GET", "/")).text.replaceAll(/nonce="[^"]+"/g, "");
  const asked = ["/", "/jobs", "/jobs/1/report", "/audit", "/settings", "/livez", "/readyz", "/assets/main-1a2b.js"];
  const others = [
    "/metrics",
    "/healthz",
    "/auth/login",
    "/auth/callback",
    "/csp-report",
    "/package.json",
    "/.env",
    "/api",
  ];
  const open: string[] = [];
  for (const path of [...asked, ...others, ...endpoints.map((endpoint) => endpoint.path)]) {
    const { status, text } = await stack.ask("GET", path, { headers: { Accept: "*/*" } });
    if (status < 400 && text.replaceAll(/nonce="[^"]+"/g, "") !== page) open.push(path);
  }
  expect(open).toEqual(["/livez", "/readyz", "/assets/main-1a2b.js"]);
});
