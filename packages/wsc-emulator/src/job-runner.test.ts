import { once } from "node:events";
import { describe, expect, it, vi } from "vitest";
import type { EmulatorOptions } from "./create-emulator.ts";
import type { JobRecord } from "./job-record.ts";
import { JobRunner } from "./job-runner.ts";
import { JobStore } from "./job-store.ts";
import { readOrder } from "./read-order.ts";
import type { SiteScanner } from "./scanner/site-scanner.ts";
import { SettingsStore } from "./settings.ts";
import {
  orderOf,
  type ScannerScript,
  sampleFinding,
  scriptedScanner,
  startGateway,
  startSilentTarget,
  type TestGateway,
} from "./testing-gateway.ts";

interface Started extends TestGateway {
  readonly record: () => Promise<Record<string, unknown>>;
  readonly reaches: (status: string) => Promise<void>;
  readonly act: (verb: "cancel" | "stop") => Promise<string | number>;
  readonly aborted: () => number;
  readonly startUrl: string;
}

const patience = { timeout: 300_000, interval: 5 };

async function startJob(script: ScannerScript = {}, options: Partial<EmulatorOptions> = {}): Promise<Started> {
  const { scanner, aborted } = scriptedScanner(script);
  const gateway = await startGateway({ scanner, ...options });
  const startUrl = await startSilentTarget();
  await gateway.call("PUT", "/api/v1/job", { body: orderOf(startUrl, { Speed: "3" }) });
  const record = async (): Promise<Record<string, unknown>> => (await gateway.list())[0] ?? {};
  return {
    ...gateway,
    startUrl,
    aborted,
    record,
    reaches: (status) => vi.waitFor(async () => expect((await record()).status).toBe(status), patience),
    act: async (verb) => {
      const answer = (await gateway.call("PATCH", `/api/v1/jobs/7000001/${verb}`)).json();
      return answer.returnCode ?? answer.error.errorCode;
    },
  };
}

describe("a job", () => {
  it("passes through all six states in order", async () => {
    const seen: (JobRecord["code"] | undefined)[] = [];
    const order = readOrder(orderOf("http://127.0.0.1/"), { itemsMode: "strict" });
    if (typeof order === "string") throw new Error(`the order was refused with ${order}`);
    const record = new Proxy(new JobStore().add({ order, startedAt: 0, searchableAt: 0 }), {
      set: (target, name, value) => {
        if (name === "code") seen.push(value as JobRecord["code"]);
        return Reflect.set(target, name, value);
      },
    });
    const { scanner } = scriptedScanner({ findings: [sampleFinding] });
    const settings = new SettingsStore({ paceMs: 5 });
    new JobRunner({ settings, scanner, now: () => 1, onScannerError: () => undefined }).start(record);
    await vi.waitFor(() => expect(record.endedAt).toBe(1), patience);
    expect(seen).toEqual([13, 14, 2, 3, 4]);
  });

  it("shows what the scanner has reported so far while it runs", async () => {
    const job = await startJob({ holdAt: "probe", findings: [sampleFinding, sampleFinding] });
    await job.reaches("Scanning");
    expect(await job.record()).toMatchObject({ crawl_cnt: 3, progress: 40, scan_cnt: 1, end_date: null });
  });

  it("ends with what the scanner found", async () => {
    const job = await startJob({ pages: 17, findings: [sampleFinding, sampleFinding] });
    await job.reaches("Complete");
    expect(await job.record()).toMatchObject({ crawl_cnt: 17, scan_cnt: 2, progress: 100, result_button: "report" });
    expect((await job.record()).end_date).toMatch(/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d$/);
  });

  it("fails at URL collection when the start page cannot be read", async () => {
    const job = await startJob({ failAt: "crawl" });
    await job.reaches("Crawl Fail");
    expect(await job.record()).toMatchObject({ progress: 0, result_button: "cause" });
    expect(await job.act("cancel")).toBe(901);
    expect(await job.act("stop")).toBe(901);
  });

  it("fails at the diagnosis when the target stops answering", async () => {
    const job = await startJob({ failAt: "probe", findings: [sampleFinding] });
    await job.reaches("Scan Fail");
    expect(await job.record()).toMatchObject({ result_button: "cause" });
  });

  it("fails, with a log line, when the scanner throws", async () => {
    const errors: unknown[] = [];
    const broken = {
      crawl: () => Promise.reject(new RangeError("broken")),
      probe: () => Promise.reject(new Error("never")),
    };
    const job = await startJob({}, { scanner: broken, onError: (error) => errors.push(error) });
    await job.reaches("Crawl Fail");
    expect(errors).toMatchObject([{ message: "broken" }]);
  });

  it("releases its target when it ends", async () => {
    const job = await startJob();
    await job.reaches("Complete");
    const answer = await job.call("PUT", "/api/v1/job", { body: orderOf(job.startUrl) });
    expect(answer.json().returnCode).toBe("0");
  });

  it("aborts a running scan when the gateway closes", async () => {
    const job = await startJob({ holdAt: "probe" });
    await job.reaches("Scanning");
    await job.emulator.close();
    expect(job.aborted()).toBe(1);
  });
});

describe("cancelJob and stopJob", () => {
  it("cancels a waiting job permanently, and nothing is scanned", async () => {
    const job = await startJob({}, { paceMs: 3_600_000 });
    expect(await job.act("stop")).toBe(901);
    expect(await job.act("cancel")).toBe("0");
    expect(await job.record()).toMatchObject({ status: "Cancelled", result_button: "" });
    expect((await job.record()).end_date).not.toBeNull();
    job.emulator.control.changeSettings({ paceMs: 0 });
    expect(await job.act("cancel")).toBe(901);
    expect(await job.record()).toMatchObject({ status: "Cancelled", crawl_cnt: 0 });
  });

  it("continue when the pace is removed", async () => {
    const job = await startJob({}, { paceMs: 3_600_000 });
    expect((await job.record()).status).toBe("Pending");
    job.emulator.control.changeSettings({ paceMs: 0 });
    await job.reaches("Complete");
  });

  it.each([
    ["crawl", "Crawling"],
    ["probe", "Scanning"],
  ] as const)("stops a job in its %s", async (holdAt, status) => {
    const job = await startJob({ holdAt });
    await job.reaches(status);
    expect(await job.act("cancel")).toBe(901);
    expect(await job.act("stop")).toBe("0");
    await job.reaches("Stopped");
    expect(job.aborted()).toBe(1);
    expect(await job.act("stop")).toBe(901);
    expect(await job.act("cancel")).toBe(901);
    expect(await job.record()).toMatchObject({ status: "Stopped" });
  });

  it("pass through Stopping, and refuse a second stop meanwhile", async () => {
    const job = await startJob({ holdAt: "probe" });
    await job.reaches("Scanning");
    job.emulator.control.changeSettings({ paceMs: 3_600_000 });
    expect(await job.act("stop")).toBe("0");
    expect(await job.record()).toMatchObject({ status: "Stopping", end_date: null });
    expect(await job.act("stop")).toBe(901);
    job.emulator.control.changeSettings({ paceMs: 0 });
    await job.reaches("Stopped");
  });

  it.each([
    ["crawl", "Crawling", { crawl_cnt: 1, progress: 0, scan_cnt: 0 }],
    ["probe", "Scanning", { crawl_cnt: 3, progress: 0, scan_cnt: 0 }],
  ] as const)("a stop in the %s keeps the counts people saw", async (holdAt, status, counts) => {
    const job = await startJob({ holdAt, findings: [sampleFinding] });
    await job.reaches(status);
    job.emulator.control.changeSettings({ paceMs: 3_600_000 });
    expect(await job.record()).toMatchObject(counts);
    expect(await job.act("stop")).toBe("0");
    expect(await job.record()).toMatchObject({ status: "Stopping", ...counts });
    job.emulator.control.changeSettings({ paceMs: 0 });
    await job.reaches("Stopped");
    expect(await job.record()).toMatchObject(counts);
  });

  it("show Stopped only when the scanner has ended", async () => {
    const letGo = new AbortController();
    const probe: SiteScanner["probe"] = async () => {
      await once(letGo.signal, "abort");
      return [];
    };
    const { scanner } = scriptedScanner();
    const job = await startJob({}, { scanner: { ...scanner, probe } });
    await job.reaches("Scanning");
    expect(await job.act("stop")).toBe("0");
    for (let reads = 0; reads < 5; reads += 1) expect((await job.record()).status).toBe("Stopping");
    letGo.abort();
    await job.reaches("Stopped");
  });

  it.each([
    [12, "0", 901],
    [13, 901, "0"],
    [14, "0", "0"],
    [15, 901, 901],
    [2, "0", 901],
    [3, 901, "0"],
    [4, 901, 901],
    [5, 901, 901],
    [91, 901, 901],
    [92, 901, 901],
    [93, 901, 901],
    [null, 901, 901],
  ] as const)("in status %s answer %s and %s", async (status, cancelled, stopped) => {
    const { call, emulator } = await startGateway();
    const seed = { startUrl: "http://127.0.0.1/", status, statusText: "any" };
    emulator.control.addJobs([
      { ...seed, instanceNo: "11" },
      { ...seed, instanceNo: "12" },
    ]);
    const codeOf = async (path: string): Promise<unknown> => {
      const answer = (await call("PATCH", path)).json();
      return answer.returnCode ?? answer.error.errorCode;
    };
    expect(await codeOf("/api/v1/jobs/11/cancel")).toBe(cancelled);
    expect(await codeOf("/api/v1/jobs/12/stop")).toBe(stopped);
  });

  it.each(["1", "07000001", "abc", "7000001%20", "-1", "1e3"])("answer 901 for the id %j", async (id) => {
    const { call, emulator } = await startGateway();
    emulator.control.addJobs([{ startUrl: "http://127.0.0.1/", status: 12 }]);
    for (const verb of ["cancel", "stop"]) {
      const answer = await call("PATCH", `/api/v1/jobs/${id}/${verb}`);
      expect(answer.json()).toEqual({ error: { errorCode: 901, message: "API Call Fail" } });
    }
  });

  it("act on exactly an id beyond 2^53", async () => {
    const { call, emulator, list } = await startGateway();
    emulator.control.addJobs([
      { startUrl: "http://127.0.0.1:1/", status: 12, instanceNo: "9007199254740992", memo: "neighbour" },
      { startUrl: "http://127.0.0.1:2/", status: 12, instanceNo: "9007199254740993", memo: "meant" },
    ]);
    await call("PATCH", "/api/v1/jobs/9007199254740993/cancel");
    const statusOf = Object.fromEntries((await list()).map(({ memo, status }) => [memo, status]));
    expect(statusOf).toEqual({ neighbour: "Pending", meant: "Cancelled" });
  });
});
