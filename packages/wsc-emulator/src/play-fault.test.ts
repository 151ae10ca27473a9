import { errorCatalogue } from "@wsc-dashboard/wsc-core";
import { describe, expect, it, vi } from "vitest";
import type { FaultInput } from "./faults.ts";
import { orderOf, scriptedScanner, startGateway, startSilentTarget, type TestGateway } from "./testing-gateway.ts";

const listPath = "/api/v1/jobs?limit=10&page=1";
const patience = { timeout: 300_000, interval: 5 };
const vendorCodes = (origin: "service" | "gateway"): string[] =>
  Object.entries(errorCatalogue).flatMap(([code, entry]) => (entry.origin === origin ? code : []));

type Effect = FaultInput["effect"];

async function startWithFault(effect: Effect, operation: FaultInput["operation"] = "*"): Promise<TestGateway> {
  const gateway = await startGateway({ scanner: scriptedScanner({ holdAt: "crawl" }).scanner });
  gateway.emulator.control.addFault({ operation, effect });
  return gateway;
}

/** Sends one createJob and returns whether it got a response and whether the job exists afterwards. */
async function createUnder(effect: Effect): Promise<{ isAnswered: boolean; exists: boolean }> {
  const gateway = await startWithFault(effect, "createJob");
  const body = orderOf(await startSilentTarget());
  const isAnswered = await gateway.call("PUT", "/api/v1/job", { body }).then(
    () => true,
    () => false,
  );
  return { isAnswered, exists: (await gateway.list()).length === 1 };
}

describe("faults", () => {
  it.each(vendorCodes("service"))("produce the service code %s with 200 and with the newer status", async (code) => {
    const { call, emulator } = await startWithFault({ kind: "service-error", code });
    const entry = errorCatalogue[code as "901"];
    const error = { errorCode: Number(code), message: entry.wireMessage };
    const older = await call("GET", listPath);
    expect([older.status, older.json()]).toEqual([200, { error }]);
    emulator.control.changeSettings({ serviceErrorStatus: 400 });
    emulator.control.addFault({ operation: "getJobs", effect: { kind: "service-error", code } });
    const newer = await call("GET", listPath);
    expect([newer.status, newer.json()]).toEqual([code === "169201" ? 401 : 400, { error }]);
  });

  it.each(vendorCodes("gateway"))("produce the gateway code %s with its own status", async (code) => {
    const { call } = await startWithFault({ kind: "gateway-error", code });
    const { upstreamStatus, wireMessage } = errorCatalogue[code as "900"];
    const answer = await call("GET", listPath);
    expect([answer.status, answer.json()]).toEqual([
      upstreamStatus,
      { error: { errorCode: code, message: wireMessage } },
    ]);
    expect(answer.headers.get("retry-after")).toBeNull();
  });

  it("write a service code in an envelope, a gateway code as a number, and unknown codes", async () => {
    const { call, emulator } = await startWithFault({ kind: "service-error", code: "160433", shape: "envelope" });
    emulator.control.addFault({ operation: "*", effect: { kind: "gateway-error", code: "410", numericCode: true } });
    emulator.control.addFault({ operation: "*", effect: { kind: "service-error", code: "169999", status: 503 } });
    expect((await call("GET", listPath)).json()).toMatchObject({ returnCode: "160433", resources: null });
    expect((await call("GET", listPath)).json().error.errorCode).toBe(410);
    const unlisted = await call("GET", listPath);
    expect([unlisted.status, unlisted.json().error.errorCode]).toEqual([503, 169999]);
  });

  it("write Retry-After in seconds, as any text, or as a date on the gateway's clock", async () => {
    const now = Date.parse("2026-11-20T12:00:00Z");
    const { call, emulator } = await startGateway({ now: () => now });
    for (const retryAfter of [7, "soon", { dateInSeconds: 90 }]) {
      emulator.control.addFault({ operation: "*", effect: { kind: "gateway-error", code: "410", retryAfter } });
    }
    const header = async (): Promise<string | null> => (await call("GET", listPath)).headers.get("retry-after");
    expect(await header()).toBe("7");
    expect(await header()).toBe("soon");
    expect(await header()).toBe("Fri, 20 Nov 2026 12:01:30 GMT");
  });

  it.each<[string, Effect, number, string | null, RegExp]>([
    ["an HTML page", { kind: "html", status: 502 }, 502, "text/html;charset=utf-8", /^<!DOCTYPE html>/],
    ["nothing", { kind: "empty", status: 200 }, 200, null, /^$/],
    ["broken JSON", { kind: "garbage" }, 200, "application/json;charset=utf-8", /^\{"returnCode":"0".*[^}]$/],
    ["a bare status", { kind: "http-status-only", status: 504 }, 504, "text/plain;charset=utf-8", /^Gateway Timeout$/],
    [
      "a body of the test's own",
      { kind: "body", body: { a: [1] } },
      200,
      "application/json;charset=utf-8",
      /^\{"a":\[1\]\}$/,
    ],
  ])("answer %s", async (_, effect, status, type, text) => {
    const { call } = await startWithFault(effect);
    const answer = await call("GET", listPath);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, type]);
    expect(answer.text).toMatch(text);
  });

  it.each<[Effect, boolean]>([
    [{ kind: "gateway-error", code: "500", when: "before" }, false],
    [{ kind: "gateway-error", code: "500", when: "after" }, true],
    [{ kind: "gateway-error", code: "510" }, false],
    [{ kind: "service-error", code: "160441", when: "after" }, true],
    [{ kind: "html", status: 502, when: "after" }, true],
    [{ kind: "html", status: 502 }, false],
    [{ kind: "empty", status: 200, when: "after" }, true],
    [{ kind: "garbage", when: "after" }, true],
    [{ kind: "http-status-only", status: 503, when: "after" }, true],
    [{ kind: "latency", ms: 1 }, true],
  ])("%j answers createJob; is the job there afterwards: %s", async (effect, exists) => {
    expect(await createUnder(effect)).toEqual({ isAnswered: true, exists });
  });

  it.each([
    ["before", false],
    ["during", true],
    ["after", true],
  ] as const)("reset the connection %s processing; is the job there afterwards: %s", async (when, exists) => {
    expect(await createUnder({ kind: "reset", when })).toEqual({ isAnswered: false, exists });
  });

  it("send a status and half of a body before a reset that comes during the answer", async () => {
    const { emulator, call } = await startWithFault({ kind: "reset", when: "during" });
    await expect(call("GET", listPath)).rejects.toThrow();
    expect(emulator.control.requests()[0]).toMatchObject({ httpStatus: 200, fault: "reset" });
  });

  it.each([
    ["before", 0],
    ["after", 1],
  ] as const)("hang %s processing until the client gives up", async (when, count) => {
    const gateway = await startWithFault({ kind: "hang", when }, "createJob");
    const body = orderOf(await startSilentTarget());
    const giveUp = new AbortController();
    const pending = gateway.call("PUT", "/api/v1/job", { body, signal: giveUp.signal });
    await vi.waitFor(
      () => expect(gateway.emulator.control.requests()).toMatchObject([{ fault: "hang", httpStatus: null }]),
      patience,
    );
    await vi.waitFor(async () => expect(await gateway.list()).toHaveLength(count), patience);
    giveUp.abort();
    await expect(pending).rejects.toThrow("abort");
  });

  it("do not keep the gateway from closing", async () => {
    const gateway = await startWithFault({ kind: "hang" });
    gateway.emulator.control.addFault({ operation: "*", effect: { kind: "latency", ms: 600_000 } });
    const pending = [gateway.call("GET", listPath), gateway.call("GET", listPath)].map((call) =>
      call.catch(() => "broken"),
    );
    await vi.waitFor(
      () => expect(gateway.emulator.control.requests().filter(({ fault }) => fault)).toHaveLength(2),
      patience,
    );
    await gateway.emulator.close();
    expect(await Promise.all(pending)).toEqual(["broken", "broken"]);
  });

  it("release a delayed call when they are cleared", async () => {
    const { call, emulator } = await startWithFault({ kind: "latency", ms: 600_000 });
    const pending = call("GET", listPath);
    await vi.waitFor(() => expect(emulator.control.requests()).toHaveLength(1), patience);
    emulator.control.clearFaults();
    expect((await pending).status).toBe(200);
  });

  it("delay for the configured time", async () => {
    const { call } = await startWithFault({ kind: "latency", ms: 80 });
    const startedAt = performance.now();
    expect((await call("GET", listPath)).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(75);
  });

  it("apply only to their operation, a limited number of times, in order", async () => {
    const { call, emulator } = await startGateway();
    emulator.control.addFault({ operation: "getReport", effect: { kind: "empty", status: 500 } });
    emulator.control.addFault({ operation: "getJobs", times: 2, effect: { kind: "empty", status: 501 } });
    emulator.control.addFault({ operation: "*", effect: { kind: "empty", status: 502 } });
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await call("GET", listPath)).status);
    expect(statuses).toEqual([501, 501, 502, 200]);
    expect(emulator.control.faults()).toHaveLength(1);
    emulator.control.clearFaults();
    expect((await call("GET", "/api/v1/jobs/1/report")).status).toBe(200);
  });

  it("are not consumed by requests that are refused before", async () => {
    const { call, emulator } = await startWithFault({ kind: "empty", status: 500 });
    await call("GET", listPath, { secretKey: "SK_OTHER" });
    await call("GET", "/api/v1/nothing");
    await call("GET", listPath, { headers: { "content-type": null } });
    expect(emulator.control.faults()).toMatchObject([{ times: 1 }]);
  });
});
