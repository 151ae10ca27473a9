import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bffApi, type Endpoint, problemSchema } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCanarySearch, formSignIn, headerSignIn, rawFiles, targetSecrets } from "./canaries.ts";
import { headerMode, proxyHeaders, proxySecret } from "./identity/header-mode.ts";
import { type Ask, accessKey, jobBody, type Stack, secretKey, startStack } from "./start-bff.ts";
import { trialsLimitMs } from "./trials-limit.ts";

const encryptionKey = headerMode.WSC_ENCRYPTION_KEYS ?? "";
const findCanaries = createCanarySearch({ accessKey, secretKey, encryptionKey, proxySecret, ...targetSecrets });
const owner = proxyHeaders("erin", "owners,checkers");
const home = "http://127.0.0.1:9/";
const later = { when: { kind: "at", localTime: "2027-06-01T02:00", zone: "UTC" } };
const nightly = { rule: { every: "day", localTime: "02:00", zone: "UTC" } };

let directory: string;
let stack: Stack;
const ask = (method: string, path: string, { headers, ...rest }: Ask = {}) =>
  stack.ask(method, path, { headers: { ...owner, ...headers }, ...rest });
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "wsc-malformed-"));
  stack = await startStack({
    environment: {
      ...headerMode,
      WSC_TRUSTED_PROXIES: "127.0.0.1/32",
      WSC_DATA_DIR: directory,
      WSC_ALLOW_PRIVATE_TARGETS: "true",
    },
  });
  // Target credentials are stored in the database during everything below.
  for (const [path, body] of [
    ["/api/jobs", jobBody(home, { ...later, signIn: headerSignIn })],
    ["/api/jobs", jobBody(home, { ...later, signIn: formSignIn })],
    ["/api/schedules", jobBody(home, { ...nightly, signIn: formSignIn })],
  ] as const) {
    expect((await ask("POST", path, { body })).status).toBeLessThan(300);
  }
});
afterAll(async () => {
  await stack.close();
  rmSync(directory, { recursive: true, force: true });
});

const endpoints: Endpoint[] = Object.values(bffApi).flatMap((group) => Object.values(group));

/** mulberry32: the same requests in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const random = seeded(20_261_124);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;

const oddIds = [
  "0x1",
  "-1",
  "%00",
  "..%2f..",
  "1e9",
  "99999999999999999999999",
  "%F0%9F%92%A9",
  "a".repeat(300),
  "1;x",
  "%zz",
];
const oddBodies = [
  "",
  "{",
  "null",
  "[]",
  "5",
  '"x"',
  "{}{}",
  '{"__proto__":{"x":1}}',
  '{"startUrl":1}',
  '{"startUrl":"javascript:alert(1)"}',
  "\u0000",
  `{"a":${"[".repeat(3000)}${"]".repeat(3000)}}`,
  `{"memo":"${"x".repeat(3000)}"}`,
  '{"when":{"kind":"at","localTime":"2026-02-30T25:61","zone":"X/Y"}}',
  '{"startUrl":"https://a.example.com/","consent":{"textVersion":"1","accepted":"yes"}}',
  "\ufeff{}",
  '{"a":1e999}',
  // The response to an invalid request must not contain other values that a person typed.
  JSON.stringify(jobBody(home, { signIn: headerSignIn, memo: "x".repeat(3000) })),
  JSON.stringify(jobBody(home, { signIn: { ...formSignIn, passwordParam: formSignIn.idParam } })),
  JSON.stringify(jobBody(home, { signIn: { ...formSignIn, passwordValue: [formSignIn.passwordValue] } })),
  JSON.stringify(jobBody(home, { signIn: headerSignIn, [targetSecrets.targetCookie.slice(0, 3)]: 1 })),
  JSON.stringify(jobBody(home, { signIn: formSignIn })).slice(0, -3),
  JSON.stringify({ draft: { signIn: headerSignIn, startUrl: 5 } }),
];
const oddHeaders: readonly Record<string, string | string[] | null>[] = [
  {},
  { "Content-Type": "text/html" },
  { "Content-Type": null },
  { "X-WSC-Request": null },
  { "X-WSC-Request": "2" },
  { "Sec-Fetch-Site": "cross-site" },
  { Origin: "https://evil.example.com" },
  { Host: "evil.example.com" },
  { Cookie: "wsc_persona=root" },
  { "X-WSC-Proxy-Secret": `${proxySecret.slice(0, -1)}~` },
  { "X-WSC-Proxy-Secret": [proxySecret, proxySecret] },
  { "X-Forwarded-User": "a,b" },
  { Cookie: "x".repeat(5000) },
  { "Idempotency-Key": "short" },
  { "X-HTTP-Method-Override": "DELETE" },
  { "Content-Encoding": "br" },
  { "Accept-Encoding": "x".repeat(500) },
  { Range: "bytes=0-" },
  { Expect: "rubbish" },
  { "X-Original-URL": "/livez" },
];
const oddPaths = [
  "/api/%",
  "/api/jobs?limit=%",
  "/api/jobs?page=-1&page=2",
  "/api//jobs",
  "/api/jobs/..;/session",
  "/api/\u00e9",
  "/API/JOBS",
  "/api/jobs%20",
  "/auth/login",
  "/csp-report",
];

/** Combines every endpoint with every odd header. */
const pairs = endpoints.flatMap((endpoint) => oddHeaders.map((headers) => ({ endpoint, headers })));
const total = pairs.length;
const together = 50;

it(
  "malformed requests to every endpoint get a problem document with a request id each, none of them a 5xx, and no secret in any",
  async () => {
    let refused = 0;
    for (let sent = 0; sent < total; sent += together) {
      const answers = await Promise.all(
        pairs.slice(sent, sent + together).map(async ({ endpoint, headers }) => {
          const isOddPath = random() < 0.1;
          const path = isOddPath ? encodeURI(pick(oddPaths)) : endpoint.path.replace(/:\w+/g, () => pick(oddIds));
          const method =
            random() < 0.8 ? endpoint.method : pick(["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]);
          const isBodiless = method === "GET" || method === "TRACE";
          const answer = await ask(method, path, {
            headers: { Accept: "application/json", ...headers },
            ...(isBodiless ? { raw: "" } : { raw: pick(oddBodies) }),
          });
          const what = `${method} ${path} ${answer.status} ${answer.text.slice(0, 200)}`;
          expect(answer.status, what).toBeLessThan(500);
          if (answer.status >= 400) {
            refused += 1;
            const problem = problemSchema.parse(answer.json);
            expect(problem.requestId, what).toBe(answer.headers["x-request-id"]);
          }
          return `${what}\n${JSON.stringify(answer.headers)}\n${answer.text}`;
        }),
      );
      // All in one search, since it takes as long as for a single response.
      const found = findCanaries(answers.join("\n"));
      expect(found, found.length === 0 ? "" : answers.find((answer) => findCanaries(answer).length > 0)).toEqual([]);
    }
    expect(refused).toBeGreaterThan(total / 2);
    const acting = stack.emulator.control
      .requests()
      .filter(({ method, operation }) => method !== "GET" && operation !== "searchJobs");
    expect(acting).toEqual([]);
  },
  trialsLimitMs,
);

describe("after these requests no secret of a target and no key is", () => {
  it("in the log, at its most verbose level", () => {
    expect(stack.logs.length).toBeGreaterThan(total);
    expect(stack.logs.some((line) => line.includes('"log.level":"debug"'))).toBe(true);
    expect(findCanaries(stack.logs.join(""))).toEqual([]);
  });

  it("in the bytes of the database, its write-ahead log and other files of the data directory", async () => {
    const kept = await stack.database.db.selectFrom("sign_in").select("sealed").execute();
    expect(kept).toHaveLength(2);
    const files = rawFiles(directory);
    expect([...files.keys()]).toEqual(expect.arrayContaining(["wsc-dashboard.sqlite", "wsc-dashboard.sqlite-wal"]));
    // The sealed value is present, so the search covers the right bytes.
    for (const { sealed } of kept) expect([...files.values()].some((bytes) => bytes.includes(sealed))).toBe(true);
    for (const [name, bytes] of files) expect(findCanaries(bytes), name).toEqual([]);
  });

  it("in the audit export, the settings, the metrics, or in submissions and schedules", async () => {
    const answers = await Promise.all(
      [
        "/api/audit/export?format=csv",
        "/api/audit/export?format=jsonl",
        "/api/status",
        "/api/status/settings",
        "/api/session",
        "/api/submissions",
        "/api/schedules",
        "/api/drafts",
      ].map((path) => ask("GET", path)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const told = [...answers.map(({ text }) => text), await stack.metrics()];
    expect(told.map((text) => text.length).every((length) => length > 10)).toBe(true);
    expect(findCanaries(told.join("\n"))).toEqual([]);
  });

  it("missed by the search: in every encoding it is found", () => {
    for (const secret of [accessKey, secretKey, encryptionKey, proxySecret, ...Object.values(targetSecrets)]) {
      const bytes = Buffer.from(secret);
      for (const text of [
        secret,
        `{"a":${JSON.stringify(secret)}}`,
        `?a=${encodeURIComponent(secret)}&`,
        bytes.toString("hex"),
        Buffer.from(`user:${secret}`).toString("base64"),
        Buffer.from(JSON.stringify({ a: { b: secret.replace(/["\\]/g, "") } })).toString("base64url"),
      ]) {
        expect(findCanaries(`before ${text} after`), text).not.toEqual([]);
      }
    }
  });
});

/** Sends raw bytes and reads until the other side closes. */
const rawAnswer = (bytes: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(stack.port, "127.0.0.1", () => socket.write(bytes, "latin1"));
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => {
      text += chunk;
      if (/\r\n\r\n[\s\S]*\}$/.test(text)) socket.destroy();
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });

const host = "Host: 127.0.0.1\r\n";
const rawRequests: readonly (readonly [string, string])[] = [
  ["no HTTP at all", "hello\r\n\r\n"],
  ["no version", "GET /api/session\r\n\r\n"],
  ["a version of the future", `GET / HTTP/9.9\r\n${host}\r\n`],
  ["a NUL in a header", `GET /api/session HTTP/1.1\r\n${host}X: a\u0000b\r\n\r\n`],
  ["a folded header", `GET /api/session HTTP/1.1\r\n${host}X: a\r\n b\r\n\r\n`],
  ["a space before the colon", `GET /api/session HTTP/1.1\r\n${host}X : a\r\n\r\n`],
  ["headers of 20 kB", `GET /api/session HTTP/1.1\r\n${host}X: ${"a".repeat(20_000)}\r\n\r\n`],
  ["two lengths", `POST /api/jobs HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
  [
    "a length and chunks",
    `POST /api/jobs HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ["a chunk size that is none", `POST /api/jobs HTTP/1.1\r\n${host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ["a negative length", `POST /api/jobs HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`],
  ["no Host", "GET /api/session HTTP/1.1\r\n\r\n"],
  ["two Hosts", `GET /api/session HTTP/1.1\r\n${host}Host: evil.example.com\r\n\r\n`],
  ["a whole address", `GET http://127.0.0.1/api/session HTTP/1.1\r\n${host}\r\n`],
  ["a whole address that is broken", `GET http://[::1/api/session HTTP/1.1\r\n${host}\r\n`],
  ["a star", `OPTIONS * HTTP/1.1\r\n${host}\r\n`],
  ["a fragment", `GET /livez#/api/session HTTP/1.1\r\n${host}\r\n`],
  ["a backslash", `GET /\\api\\session HTTP/1.1\r\n${host}\r\n`],
  ["an unknown method", `BREW / HTTP/1.1\r\n${host}\r\n`],
];

describe("malformed requests", () => {
  it.each(rawRequests)("with %s are refused with a problem document", async (_, bytes) => {
    const answer = await rawAnswer(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    const body = problemSchema.parse(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4)));
    expect(answer.toLowerCase()).toContain(`x-request-id: ${body.requestId}`);
  });

  it("do not end the process", async () => {
    expect((await stack.ask("GET", "/livez")).status).toBe(200);
  });
});
