import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CallMeter } from "./call-meter.ts";
import { startGateway } from "./testing-gateway.ts";

const listPath = "/api/v1/jobs?limit=10&page=1";

describe("CallMeter", () => {
  it("allows no more than the limit in any minute, and states exactly when the next is allowed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(40_000), { maxLength: 40 }), (limit, gaps) => {
        const meter = new CallMeter();
        const admitted: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const refusal = meter.admit(now, limit);
          if (refusal === null) admitted.push(now);
          else expect(refusal.waitMs).toBe((admitted.at(-limit) ?? Number.NaN) + 60_000 - now);
        }
        for (const [index, at] of admitted.entries()) {
          const earlier = admitted[index - limit];
          if (earlier !== undefined) expect(at - earlier).toBeGreaterThanOrEqual(60_000);
        }
      }),
    );
  });

  it("allows everything without a limit", () => {
    const meter = new CallMeter();
    expect(Array.from({ length: 500 }, () => meter.admit(0, 0)).every((refusal) => refusal === null)).toBe(true);
  });
});

describe("the gateway with a limit of calls per minute", () => {
  it("answers 429 with code 410 and the seconds to wait, then serves again", async () => {
    let clock = Date.parse("2026-11-20T12:00:00Z");
    const { call, emulator } = await startGateway({ callsPerMinute: 2, now: () => clock });
    expect((await call("GET", listPath)).status).toBe(200);
    clock += 10_500;
    expect((await call("GET", listPath)).status).toBe(200);
    const refused = await call("GET", listPath);
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("50");
    expect(refused.json()).toEqual({ error: { errorCode: "410", message: "Throttle Limited" } });
    expect(emulator.control.requests().at(-1)).toMatchObject({ httpStatus: 429, code: "410", fault: null });
    clock += 50_000;
    expect((await call("GET", listPath)).status).toBe(200);
  });

  it("counts each call once, also with a fault, and none that was refused before", async () => {
    const { call, emulator } = await startGateway({ callsPerMinute: 2, now: () => 0 });
    for (const secretKey of ["a", "b", "c"]) expect((await call("GET", listPath, { secretKey })).status).toBe(401);
    expect((await call("GET", "/api/v1/search")).status).toBe(404);
    emulator.control.addFault({ operation: "*", effect: { kind: "empty", status: 503 } });
    expect((await call("GET", listPath)).status).toBe(503);
    expect((await call("GET", listPath)).status).toBe(200);
    expect((await call("GET", listPath)).status).toBe(429);
  });

  it("never executes a call that it refuses", async () => {
    const { call, emulator, list } = await startGateway({ callsPerMinute: 1, now: () => 0 });
    const [instanceNo] = emulator.control.addJobs([{ startUrl: "http://127.0.0.1/", status: 12 }]);
    await call("GET", listPath);
    expect((await call("PATCH", `/api/v1/jobs/${instanceNo}/cancel`)).status).toBe(429);
    emulator.control.changeSettings({ callsPerMinute: 0 });
    expect(await list()).toMatchObject([{ status: "Pending" }]);
  });

  it("restarts after a reset", async () => {
    const { call, emulator } = await startGateway({ callsPerMinute: 1, now: () => 0 });
    await call("GET", listPath);
    expect((await call("GET", listPath)).status).toBe(429);
    await emulator.control.reset(false);
    expect((await call("GET", listPath)).status).toBe(200);
  });
});
