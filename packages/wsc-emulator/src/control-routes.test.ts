import { request } from "node:http";
import { describe, expect, it, vi } from "vitest";
import { orderOf, scriptedScanner, signatureOf, startGateway, startSilentTarget, testKeys } from "./testing-gateway.ts";

const listPath = "/api/v1/jobs?limit=10&page=1";
const patience = { timeout: 300_000, interval: 5 };
const routes = [
  ["GET", "/faults"],
  ["POST", "/faults"],
  ["DELETE", "/faults"],
  ["GET", "/requests"],
  ["DELETE", "/requests"],
  ["GET", "/settings"],
  ["POST", "/settings"],
  ["POST", "/jobs"],
  ["POST", "/reset"],
  ["GET", "/nothing"],
] as const;

describe("the control endpoint", () => {
  it.each(routes)("refuses %s %s without its header", async (method, path) => {
    const { control } = await startGateway();
    for (const headers of [{}, { "x-wsc-control": "0" }, { "x-wsc-control": "" }]) {
      expect((await control(method, path, method === "POST" ? {} : undefined, headers)).status).toBe(403);
    }
  });

  it("refuses a name that was rebound to this machine", async () => {
    const { emulator } = await startGateway();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { host: "rebound.example.com", "x-wsc-control": "1" };
      const call = request(`${emulator.origin}/control/requests`, { headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on("error", reject).end();
    });
    expect(status).toBe(403);
  });

  it("answers no preflight, so that no other origin has access", async () => {
    const { control } = await startGateway();
    const answer = await control("OPTIONS", "/faults", undefined, {
      origin: "https://www.example.com",
      "access-control-request-method": "POST",
      "access-control-request-headers": "x-wsc-control",
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  it.each([
    ["/faults", {}],
    ["/faults", { operation: "deleteJob", effect: { kind: "hang" } }],
    ["/faults", { operation: "*", effect: { kind: "explode" } }],
    ["/faults", { operation: "*", times: 0, effect: { kind: "hang" } }],
    ["/faults", { operation: "*", effect: { kind: "latency", ms: -1 } }],
    ["/faults", { operation: "*", effect: { kind: "html", status: 99 } }],
    ["/faults", { operation: "*", effect: { kind: "service-error", code: "nine" } }],
    ["/faults", { operation: "*", effect: { kind: "hang", forever: true } }],
    ["/settings", { itemsMode: "lenient" }],
    ["/settings", { unknown: 1 }],
    ["/settings", { clockOffsetMs: "1" }],
    ["/jobs", { jobs: [{ startUrl: "http://127.0.0.1/", status: 6 }] }],
    ["/jobs", { jobs: [{ startUrl: "http://127.0.0.1/", status: 4, instanceNo: "07" }] }],
    ["/jobs", { jobs: [{ startUrl: "http://127.0.0.1/", status: 4, startedAt: "yesterday" }] }],
    ["/jobs", []],
    ["/reset", { seed: "yes" }],
  ])("refuses POST %s with %j and changes nothing", async (path, body) => {
    const { control, emulator } = await startGateway();
    const before = emulator.control.settings();
    const answer = await control("POST", path, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toHaveProperty("error");
    expect(emulator.control.settings()).toEqual(before);
    expect(emulator.control.faults()).toEqual([]);
  });

  it("adds all jobs of a call or none", async () => {
    const { control, list } = await startGateway();
    const job = { startUrl: "http://127.0.0.1/", status: 4, instanceNo: "5" };
    expect((await control("POST", "/jobs", { jobs: [{ ...job, instanceNo: "4" }, job, job] })).status).toBe(400);
    expect(await list()).toEqual([]);
    expect((await control("POST", "/jobs", { jobs: [job] })).status).toBe(201);
    expect((await control("POST", "/jobs", { jobs: [{ ...job, instanceNo: "6" }, job] })).status).toBe(400);
    expect(await list()).toHaveLength(1);
  });

  it("sets, lists and clears faults over HTTP", async () => {
    const { control, call } = await startGateway();
    const fault = { operation: "getJobs", times: 2, effect: { kind: "empty", status: 503 } };
    expect((await control("POST", "/faults", fault)).status).toBe(201);
    expect((await call("GET", listPath)).status).toBe(503);
    expect(await (await control("GET", "/faults")).json()).toMatchObject({
      faults: [{ operation: "getJobs", times: 1 }],
    });
    expect(await (await control("DELETE", "/faults")).json()).toEqual({ faults: [] });
    expect((await call("GET", listPath)).status).toBe(200);
  });

  it("changes settings over HTTP, one at a time", async () => {
    const { control, call } = await startGateway();
    expect(await (await control("POST", "/settings", { serviceErrorStatus: 400 })).json()).toMatchObject({
      serviceErrorStatus: 400,
      itemsMode: "strict",
    });
    expect((await call("GET", "/api/v1/jobs")).status).toBe(400);
  });

  it("answers the numbers of added jobs in their order, and a job of a given number", async () => {
    const { control, list } = await startGateway();
    const jobs = [
      { startUrl: "http://127.0.0.1/", status: 4 },
      { startUrl: "http://127.0.0.1/", status: 12, instanceNo: "9007199254740993" },
    ];
    expect(await (await control("POST", "/jobs", { jobs })).json()).toEqual({
      instanceNos: ["7000001", "9007199254740993"],
    });
    expect(await list()).toHaveLength(2);
  });

  it("resets its state and stops running jobs", async () => {
    const { scanner, aborted } = scriptedScanner({ holdAt: "crawl" });
    const { control, call, emulator, list } = await startGateway({ scanner });
    await call("PUT", "/api/v1/job", { body: orderOf(await startSilentTarget()) });
    await vi.waitFor(async () => expect((await list())[0]?.status).toBe("Crawling"), patience);
    emulator.control.changeSettings({ envelope: "bare", queueLimit: 1 });
    emulator.control.addFault({ operation: "*", effect: { kind: "hang" } });
    expect((await control("POST", "/reset", {})).status).toBe(200);
    expect(await list()).toEqual([]);
    expect(emulator.control.settings().queueLimit).toBe(10);
    expect(emulator.control.requests()).toHaveLength(1);
    expect(aborted()).toBe(1);
    await control("POST", "/reset", { seed: true });
    expect((await list()).length).toBeGreaterThan(60);
  });
});

describe("the request log", () => {
  it("contains every request to the gateway, also unknown ones, and not its own", async () => {
    const { control, call } = await startGateway();
    await call("GET", listPath);
    await call("GET", "/api/v1/jobs/7/report");
    await call("POST", "/api/v1/search", { body: { searchType: "" } });
    await call("GET", "/elsewhere");
    await call("PATCH", "/api/v1/jobs/7/stop", { secretKey: "SK_OTHER" });
    const { requests } = (await (await control("GET", "/requests")).json()) as { requests: Record<string, unknown>[] };
    expect(
      requests.map(({ operation, method, path, httpStatus, code, isAuthentic }) => [
        operation,
        method,
        path,
        httpStatus,
        code,
        isAuthentic,
      ]),
    ).toEqual([
      ["getJobs", "GET", listPath, 200, "0", true],
      ["getReport", "GET", "/api/v1/jobs/7/report", 200, "901", true],
      [null, "POST", "/api/v1/search", 404, "300", true],
      [null, "GET", "/elsewhere", 404, "300", false],
      ["stopJob", "PATCH", "/api/v1/jobs/7/stop", 401, "200", false],
    ]);
    await control("DELETE", "/requests");
    expect(await (await control("GET", "/requests")).json()).toEqual({ requests: [] });
  });

  it("shows createJob requests with masked target headers, without keys and signatures", async () => {
    const { control, call } = await startGateway({ scanner: scriptedScanner({ holdAt: "crawl" }).scanner });
    const timestamp = String(Date.now());
    const startUrl = await startSilentTarget();
    const body = orderOf(startUrl, { Headers: { Cookie: "SID=canary-1", Authorization: "Bearer canary-2" } });
    await call("PUT", "/api/v1/job", { body, timestamp });
    await call("PUT", "/api/v1/job", { body: { ...body, Headers: "canary-3" }, timestamp });
    await call("PUT", "/api/v1/job", { body: { Headers: { Cookie: "canary-4" } }, timestamp, secretKey: "SK_OTHER" });
    const text = await (await control("GET", "/requests")).text();
    expect(JSON.parse(text).requests[0].body).toEqual({
      ...body,
      Headers: { Cookie: "[masked]", Authorization: "[masked]" },
    });
    expect(text).not.toContain("canary");
    expect(text).not.toContain(testKeys.accessKey);
    expect(text).not.toContain(testKeys.secretKey);
    expect(text).not.toContain(signatureOf("PUT", "/api/v1/job", timestamp));
  });
});
