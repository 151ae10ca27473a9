import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headerMode, proxyHeaders } from "./identity/header-mode.ts";
import { type Bff, startBff, until } from "./start-bff.ts";

const upstreamUrl = "http://127.0.0.1:9";
const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const given = { "X-Request-Id": "proxy-id.0001", traceparent: `00-${traceId}-00f067aa0ba902b7-01` };
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

/** The line of a request, once it is written. */
async function lineOf(bff: Bff, requestId: unknown): Promise<Record<string, unknown>> {
  const lines = await until(
    () =>
      bff.logs.map((line) => JSON.parse(line)).filter((line) => line.msg === "request" && line.requestId === requestId),
    (found) => found.length > 0,
  );
  return lines[0];
}

describe("the id of a request", () => {
  it("and its trace are taken from a trusted proxy", async () => {
    const headers = { ...proxyHeaders("a", "readers"), ...given };
    const answer = await behindProxy.ask("GET", "/api/session", { headers });
    expect(answer).toMatchObject({ status: 200, headers: { "x-request-id": "proxy-id.0001" } });
    expect(await lineOf(behindProxy, "proxy-id.0001")).toMatchObject({ traceId, status: 200 });
  });

  it("is generated for other clients and for invalid values", async () => {
    const own = /^[0-9a-f]{8}-/;
    const stranger = await alone.ask("GET", "/api/session", { headers: given });
    expect(stranger.headers["x-request-id"]).toMatch(own);
    expect(await lineOf(alone, stranger.headers["x-request-id"])).not.toHaveProperty("traceId");
    for (const id of ["short", "a".repeat(65), "with blank in it", '"quoted-text"', ["twice-0001", "twice-0002"]]) {
      const headers = { ...proxyHeaders("a", "readers"), "X-Request-Id": id, traceparent: `00-${"0".repeat(32)}-x-01` };
      const answer = await behindProxy.ask("GET", "/api/session", { headers });
      expect(answer.headers["x-request-id"], String(id)).toMatch(own);
      expect(await lineOf(behindProxy, answer.headers["x-request-id"])).not.toHaveProperty("traceId");
    }
  });
});

describe("a health check", () => {
  it("is logged at debug level, other requests are not", async () => {
    const probe = await alone.ask("GET", "/livez");
    expect(await lineOf(alone, probe.headers["x-request-id"])).toMatchObject({ level: "debug", path: "/livez" });
    const session = await alone.ask("GET", "/api/session");
    expect(await lineOf(alone, session.headers["x-request-id"])).toMatchObject({ level: "info" });
  });
});
