import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commonFields, logFields } from "../src/log/log-fields.ts";
import { headerMode, proxyHeaders } from "./identity/header-mode.ts";
import { type Bff, startBff, until } from "./start-bff.ts";

const upstreamUrl = "http://127.0.0.1:9";
const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const given = {
  "X-Request-Id": "proxy-id.0001",
  traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
  "X-Forwarded-For": "203.0.113.9, 198.51.100.7",
};
let behindProxy: Bff;
let alone: Bff;
beforeAll(async () => {
  behindProxy = await startBff({ upstreamUrl, environment: { ...headerMode, WSC_TRUSTED_PROXIES: "127.0.0.1" } });
  alone = await startBff({ upstreamUrl });
});
afterAll(async () => {
  await behindProxy.close();
  await alone.close();
});

type Line = Readonly<Record<string, unknown>>;
const linesOf = (bff: Bff): Line[] => bff.logs.map((line) => JSON.parse(line));

/** The log line of a request, once it is written. */
async function lineOf(bff: Bff, requestId: unknown): Promise<Line> {
  const isMeant = (line: Line) => line.message === "request" && line["http.request.id"] === requestId;
  const line = await until(
    () => linesOf(bff).find(isMeant),
    (found) => found !== undefined,
  );
  return line ?? {};
}

describe("the id of a request", () => {
  it("and its trace and client are taken from a trusted proxy", async () => {
    const headers = { ...proxyHeaders("a", "readers"), ...given };
    const answer = await behindProxy.ask("GET", "/api/session", { headers });
    expect(answer).toMatchObject({ status: 200, headers: { "x-request-id": "proxy-id.0001" } });
    expect(await lineOf(behindProxy, "proxy-id.0001")).toMatchObject({
      "trace.id": traceId,
      "http.response.status_code": 200,
      // The proxy wrote the last address; those before it are claims of the client.
      "client.address": "198.51.100.7",
    });
  });

  it("is generated for other clients and for invalid values", async () => {
    const own = /^[0-9a-f]{8}-/;
    const stranger = await alone.ask("GET", "/api/session", { headers: given });
    expect(stranger.headers["x-request-id"]).toMatch(own);
    const line = await lineOf(alone, stranger.headers["x-request-id"]);
    expect(line).not.toHaveProperty("trace.id");
    expect(line).toMatchObject({ "client.address": "127.0.0.1" });
    for (const id of ["short", "a".repeat(65), "with blank in it", '"quoted-text"', ["twice-0001", "twice-0002"]]) {
      const headers = {
        ...proxyHeaders("a", "readers"),
        "X-Request-Id": id,
        traceparent: `00-${"0".repeat(32)}-00f067aa0ba902b7-01`,
        "X-Forwarded-For": '203.0.113.9, x","log.level":"fatal',
      };
      const answer = await behindProxy.ask("GET", "/api/session", { headers });
      expect(answer.headers["x-request-id"], String(id)).toMatch(own);
      const refused = await lineOf(behindProxy, answer.headers["x-request-id"]);
      expect(refused).not.toHaveProperty("trace.id");
      expect(refused).toMatchObject({ "client.address": "127.0.0.1" });
    }
  });
});

describe("a line of the log", () => {
  it("has fields of the documented schema, and others only under wsc", async () => {
    await behindProxy.ask("GET", "/api/jobs", { headers: proxyHeaders("a", "readers") });
    await behindProxy.ask("GET", "/api/nowhere", { headers: proxyHeaders("a", "readers") });
    await behindProxy.ask("GET", "/api/jobs");
    const known = new Set<string>([...commonFields, ...Object.values(logFields)].map(({ name }) => name));
    const lines = linesOf(behindProxy);
    expect(lines.map((line) => line.message)).toContain("request refused");
    expect(lines.map((line) => line.message)).toContain("upstream");
    const names = new Set(lines.flatMap((line) => Object.keys(line)));
    expect([...names].filter((name) => !known.has(name) && !/^wsc\.\w+$/.test(name))).toEqual([]);
    for (const line of lines) {
      for (const name of ["@timestamp", "log.level", "message", "ecs.version"]) expect(line).toHaveProperty([name]);
    }
  });
});

describe("a health check", () => {
  it("is logged at debug level, other requests are not", async () => {
    const probe = await alone.ask("GET", "/livez");
    expect(await lineOf(alone, probe.headers["x-request-id"])).toMatchObject({
      "log.level": "debug",
      "url.path": "/livez",
    });
    const session = await alone.ask("GET", "/api/session");
    expect(await lineOf(alone, session.headers["x-request-id"])).toMatchObject({ "log.level": "info" });
  });
});
