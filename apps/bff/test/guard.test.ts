import { bffApi, type Endpoint, pagePaths, roles } from "@wsc-dashboard/wsc-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headerMode } from "./identity/header-mode.ts";
import { type Ask, type Stack, startStack } from "./start-bff.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ seed: true });
});
afterAll(() => stack.close());

const endpoints: Endpoint[] = Object.values(bffApi).flatMap((group) => Object.values(group));
const pathOf = ({ path }: Pick<Endpoint, "path">): string =>
  path.replace(":instanceNo", "1").replace(":id", "x").replace(":seq", "1").replace(":host", "shop.example.com");

describe("every request of the API", () => {
  it.each(endpoints.map((endpoint) => [endpoint.method, pathOf(endpoint)] as const))(
    "%s %s is refused without X-WSC-Request",
    async (method, path) => {
      const answer = await stack.ask(method, path, { headers: { "X-WSC-Request": null } });
      expect(answer).toMatchObject({ status: 403, json: { code: "REQUEST_GUARD_MISSING" } });
    },
  );

  it("is accepted from our own page by Origin where Sec-Fetch-Site is missing", async () => {
    const answer = await stack.ask("POST", "/api/jobs/1/cancel", {
      headers: { "Sec-Fetch-Site": null, Origin: stack.origin },
    });
    expect(answer).toMatchObject({ status: 404, json: { code: "JOB_NOT_FOUND" } });
  });

  it.each(["evil.example.com", "127.0.0.1:1", "localhost.evil.example.com", "a b"])(
    "is refused under the Host %j",
    async (host) => {
      const answer = await stack.ask("GET", "/api/session", { headers: { Host: host } });
      expect([400, 421]).toContain(answer.status);
    },
  );

  it("is accepted under each loopback name", async () => {
    expect((await stack.ask("GET", "/api/session", { headers: { Host: `localhost:${stack.port}` } })).status).toBe(200);
  });
});

describe("a body", () => {
  const post = (options: Ask) => stack.ask("POST", "/api/jobs", options);

  it.each<[string, Ask, number, string]>([
    ["of another type", { headers: { "Content-Type": "text/plain" }, raw: "{}" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    [
      "of a form",
      { headers: { "Content-Type": "application/x-www-form-urlencoded" }, raw: "a=b" },
      415,
      "CONTENT_TYPE_UNSUPPORTED",
    ],
    ["without type", { headers: { "Content-Type": null }, raw: "{}" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["that is compressed", { headers: { "Content-Encoding": "gzip" }, raw: "x" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["that is not JSON", { raw: "{" }, 400, "JSON_INVALID"],
    ["that is a bare number", { raw: "5" }, 400, "JSON_INVALID"],
    ["over 64 kB", { raw: `{"memo":"${"a".repeat(70_000)}"}` }, 413, "BODY_TOO_LARGE"],
    ["nested 5,000 levels deep", { raw: `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}` }, 400, "JSON_INVALID"],
    ["with 2,000 members", { raw: JSON.stringify({ excludeUrls: Array(2000).fill("x") }) }, 400, "JSON_INVALID"],
    ["that is a list", { raw: "[]" }, 400, "INPUT_INVALID"],
    ["with __proto__", { raw: '{"__proto__":{"a":1}}' }, 400, "INPUT_INVALID"],
    [
      "with a key that is too short",
      { body: {}, headers: { "Idempotency-Key": "short" } },
      400,
      "IDEMPOTENCY_KEY_INVALID",
    ],
    ["without a key", { body: {}, headers: { "Idempotency-Key": null } }, 400, "IDEMPOTENCY_KEY_INVALID"],
    [
      "with two keys",
      { body: {}, headers: { "Idempotency-Key": ["0123456789abcdef1", "0123456789abcdef2"] } },
      400,
      "IDEMPOTENCY_KEY_INVALID",
    ],
  ])("%s is refused", async (_, options, status, code) => {
    const answer = await post(options);
    expect(answer).toMatchObject({ status, json: { code, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) } });
    expect(answer.headers["content-type"]).toContain("application/problem+json");
  });
});

describe("paths", () => {
  it.each([
    "/api",
    "/api/",
    "/api/nothing",
    "/api/jobs/",
    "/API/jobs",
    "/api//jobs",
    "/api/jobs/1/report/",
    "/api/jobs/1/../../session",
    "/api/%6aobs/1/cancel/x",
  ])("%s is no endpoint", async (path) => {
    expect(await stack.ask("GET", path)).toMatchObject({ status: 404, json: { code: "ROUTE_NOT_FOUND" } });
  });

  it.each([
    "abc",
    "0",
    "007",
    "-1",
    "1.5",
    "1e3",
    "123456789012345678901",
    "..%2f..%2fjob",
    "1%00",
    "%ef%bc%91",
    "1;x",
    "1%3Fa",
  ])("the id %s never reaches the upstream", async (id) => {
    stack.emulator.control.clearRequests();
    for (const [method, path] of [
      ["GET", `/api/jobs/${id}`],
      ["POST", `/api/jobs/${id}/cancel`],
      ["POST", `/api/jobs/${id}/stop`],
      ["GET", `/api/jobs/${id}/report`],
    ] as const) {
      expect(await stack.ask(method, path)).toMatchObject({
        status: 400,
        json: { errors: [{ pointer: "/instanceNo", code: "VALUE_INVALID" }] },
      });
    }
    expect(stack.emulator.control.requests()).toEqual([]);
  });

  it("with broken percent-encoding are answered", async () => {
    expect((await stack.ask("GET", "/api/jobs/%")).status).toBeLessThan(500);
    expect((await stack.ask("GET", "/%c0%ae")).status).toBeLessThan(500);
  });

  it.each([
    ["PUT", "/api/jobs"],
    ["DELETE", "/api/jobs/1"],
    ["GET", "/api/jobs/1/cancel"],
    ["PATCH", "/api/jobs/1/stop"],
  ])("%s %s is 405 and says what is allowed", async (method, path) => {
    const answer = await stack.ask(method, path);
    expect(answer).toMatchObject({ status: 405, json: { code: "METHOD_NOT_ALLOWED" } });
    expect(answer.headers.allow).toMatch(/GET|POST/);
  });

  it("only /livez and /readyz need neither guard header nor authentication", async () => {
    for (const path of ["/livez", "/readyz"]) {
      const answer = await stack.ask("GET", path, {
        headers: { "X-WSC-Request": null, "Sec-Fetch-Site": null, Host: "probe" },
        persona: "nobody",
      });
      expect(answer).toMatchObject({ status: 200, json: { status: "ok" } });
    }
    for (const path of ["/LIVEZ", "/readyz/", "/livez;x"]) expect((await stack.ask("GET", path)).status).not.toBe(200);
  });
});

describe("headers of answers", () => {
  const policyOf = (answer: { headers: Record<string, unknown> }): string =>
    String(answer.headers["content-security-policy"]);

  it("contain no unsafe CSP source, on pages, API, errors and assets", async () => {
    for (const path of ["/", "/jobs", "/nowhere", "/api/session", "/api/nothing", "/assets/main-1a2b.js", "/readyz"]) {
      const answer = await stack.ask("GET", path, { headers: { Accept: "text/html" } });
      expect(policyOf(answer), path).toContain("default-src 'none'");
      expect(policyOf(answer), path).not.toMatch(/unsafe|\*|https?:/);
      expect(answer.headers["x-content-type-options"], path).toBe("nosniff");
      expect(answer.headers["referrer-policy"], path).toBe("no-referrer");
      expect(answer.headers["x-frame-options"], path).toBe("DENY");
      expect(answer.headers["x-powered-by"], path).toBeUndefined();
      expect(answer.headers["strict-transport-security"], path).toBeUndefined();
    }
  });

  it("of pages limit what a document may do, and other responses do not carry these headers", async () => {
    const names = ["permissions-policy", "cross-origin-embedder-policy", "origin-agent-cluster"];
    for (const path of ["/jobs", "/nowhere"]) {
      const { headers } = await stack.ask("GET", path, { headers: { Accept: "text/html" } });
      expect(headers["permissions-policy"], path).toContain("camera=()");
      expect(headers["cross-origin-embedder-policy"], path).toBe("require-corp");
      expect(headers["origin-agent-cluster"], path).toBe("?1");
    }
    for (const path of ["/api/session", "/assets/main-1a2b.js", "/api/nothing", "/readyz"]) {
      const { headers } = await stack.ask("GET", path);
      expect(
        names.filter((name) => headers[name] !== undefined),
        path,
      ).toEqual([]);
    }
  });

  it("keep windows and resources of other origins away from every response", async () => {
    for (const path of ["/jobs", "/api/session", "/assets/main-1a2b.js", "/api/nothing", "/readyz"]) {
      const { headers } = await stack.ask("GET", path);
      expect(headers["cross-origin-opener-policy"], path).toBe("same-origin");
      expect(headers["cross-origin-resource-policy"], path).toBe("same-origin");
    }
  });

  it("of the page carry a fresh nonce that the page uses", async () => {
    const nonces = new Set<string>();
    for (let index = 0; index < 3; index += 1) {
      const answer = await stack.ask("GET", "/jobs");
      const nonce = /nonce-([^']+)'/.exec(policyOf(answer))?.[1] ?? "";
      expect(answer.text).toContain(`nonce="${nonce}"`);
      expect(policyOf(answer)).toContain("require-trusted-types-for 'script'");
      expect(answer.headers["cache-control"]).toBe("no-store");
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it("make only hashed assets immutable, and compress them where accepted", async () => {
    const asset = await stack.ask("GET", "/assets/main-1a2b.js", { headers: { "Accept-Encoding": "gzip, br" } });
    expect(asset.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-encoding": "br",
    });
    const plain = await stack.ask("GET", "/assets/main-1a2b.js");
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.text).toBe("export {};");
    expect((await stack.ask("GET", "/api/session")).headers["cache-control"]).toBe("no-store");
  });

  it("contain HSTS only when the dashboard is published over https", async () => {
    const published = await startStack({
      environment: { ...headerMode, WSC_PUBLIC_ORIGIN: "https://wsc.example.com" },
    });
    const answer = await published.ask("GET", "/livez");
    await published.close();
    expect(answer.headers["strict-transport-security"]).toContain("max-age=63072000");
  });
});

describe("pages", () => {
  it.each(["/assets/nothing.js", "/index.html.bak", "/../package.json", "/.env", "/assets/../../package.json"])(
    "%s is 404 and no page",
    async (path) => {
      // As a browser requests a part of a page, without the header of an API call.
      const answer = await stack.ask("GET", path, { headers: { "X-WSC-Request": null } });
      expect(answer).toMatchObject({ status: 404, json: { code: "ROUTE_NOT_FOUND" } });
    },
  );

  it("clear stored data after signing out, on every path", async () => {
    const left = async (path: string) => (await stack.ask("GET", path)).headers["clear-site-data"];
    expect(await left("/signed-out")).toBe('"cache", "storage"');
    expect(await left("/jobs")).toBeUndefined();
  });

  it("follow the language and theme cookies of the person", async () => {
    const page = async (cookie: string) => (await stack.ask("GET", "/jobs", { headers: { Cookie: cookie } })).text;
    expect(await page("wsc_lang=ko; wsc_theme=dark")).toContain('<html lang="ko" data-theme="dark" class="page">');
    expect(await page('wsc_lang="><script>; wsc_theme=x')).toContain('<html lang="en" class="page">');
  });

  it("open each by its URL", async () => {
    for (const path of Object.values(pagePaths)) {
      const address = path
        .replace("$instanceNo", "7000101")
        .replace("$id", "0b7e-1")
        .replace("$host", "shop.example.com");
      const answer = await stack.ask("GET", address, { headers: { Accept: "text/html", "X-WSC-Request": null } });
      expect([address, answer.status]).toEqual([address, 200]);
      expect(answer.text).toContain("<html");
    }
  });

  it("that do not exist are the page with status 404", async () => {
    const answer = await stack.ask("GET", "/elsewhere", { headers: { Accept: "text/html" } });
    expect(answer.status).toBe(404);
    expect(answer.text).toContain("<html");
  });
});

describe("roles", () => {
  // Every role on every path of the contract with every method: methods that the contract does not name are refused.
  const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"] as const;
  const paths = [...new Set(endpoints.map(({ path }) => path))];
  /** Whether an endpoint with a parameter also matches the path: "preview" in place of an id. */
  const isTaken = (method: string, path: string): boolean =>
    endpoints.some((one) => one.method === method && new RegExp(`^${one.path.replace(/:\w+/g, "[^/]+")}$`).test(path));
  const cells = paths.flatMap((path) =>
    methods.flatMap((method) => {
      // HEAD is a GET without the response body.
      const meant = method === "HEAD" ? "GET" : method;
      const endpoint = endpoints.find((one) => one.path === path && one.method === meant);
      return roles.map((role) => {
        const none = isTaken(meant, path) ? "no such id" : "no method";
        const outcome = endpoint === undefined ? none : endpoint.roles.includes(role) ? "allowed" : "forbidden";
        return { role, method, path: pathOf({ path }), outcome };
      });
    }),
  );

  it("are checked for every endpoint and method", () => {
    expect(new Set(cells.map((cell) => Object.values(cell).join(" "))).size).toBe(
      paths.length * methods.length * roles.length,
    );
    const declared = cells.filter(({ method, outcome }) => method !== "HEAD" && /allowed|forbidden/.test(outcome));
    expect(declared).toHaveLength(endpoints.length * roles.length);
  });

  // One test per role: there are thousands of cells, and every failing one is named.
  it.each(roles)("allow the %s exactly what the contract allows, on every path with every method", async (asking) => {
    for (const { role, method, path, outcome } of cells.filter((cell) => cell.role === asking)) {
      const cell = `${role}, ${method} ${path}: ${outcome}`;
      const { status, json } = await stack.ask(method, path, {
        persona: role,
        ...(method === "HEAD" ? { raw: "" } : {}),
      });
      if (outcome === "no method") expect.soft(status, cell).toBe(405);
      else if (outcome === "no such id") expect.soft([400, 403, 404], cell).toContain(status);
      else if (outcome === "forbidden") expect.soft(status, cell).toBe(403);
      else expect.soft([401, 403, 405, 500], cell).not.toContain(status);
      if (method !== "HEAD" && status === 403) expect.soft(json.code, cell).toBe("ROLE_FORBIDDEN");
    }
  });

  it.each(["root", "", "admin,viewer", "Admin", "__proto__"])("persona %j does not exist", async (persona) => {
    expect(await stack.ask("GET", "/api/session", { persona })).toMatchObject({
      status: 401,
      json: { code: "SESSION_REQUIRED" },
    });
  });

  it("two persona cookies are refused", async () => {
    const answer = await stack.ask("GET", "/api/session", {
      headers: { Cookie: "wsc_persona=viewer; wsc_persona=admin" },
    });
    expect(answer.status).toBe(401);
  });
});
