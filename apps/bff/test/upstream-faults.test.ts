import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Answer, type Stack, startStack, until } from "./start-bff.ts";

let stack: Stack;
let now = 0;
beforeEach(async () => {
  now = Date.now();
  stack = await startStack({ seed: true, now: () => now, bffNow: () => now });
});
afterEach(() => stack.close());

type Effect = Parameters<Stack["emulator"]["control"]["addFault"]>[0]["effect"];
const calls = () => stack.emulator.control.requests().length;
const failFrom = (effect: Effect): void => {
  stack.emulator.control.clearRequests();
  stack.emulator.control.addFault({ operation: "*", times: 1_000_000, effect });
};
const lists = [10, 20, 30, 40].map((limit) => `/api/jobs?limit=${limit}`);

async function askAll(rounds: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let round = 0; round < rounds; round += 1) {
    answers.push(...(await Promise.all(lists.map((path) => stack.ask("GET", path)))));
  }
  return answers;
}

describe("a failing upstream with cached answers", () => {
  const faults: readonly [string, Effect][] = [
    ["is silent", { kind: "hang" }],
    ["answers 500", { kind: "gateway-error", code: "900" }],
    ["answers 503", { kind: "gateway-error", code: "500" }],
    ["answers in HTML", { kind: "html", status: 200 }],
    ["answers a page without its rows", { kind: "body", body: { returnCode: "0", resources: { total_cnt: 3 } } }],
    ["resets connections", { kind: "reset", when: "before" }],
    ["refuses the key", { kind: "gateway-error", code: "200" }],
    ["throttles", { kind: "gateway-error", code: "410", retryAfter: 60 }],
  ];

  it.each(faults)("that %s is called at most a dozen times for 400 readers, who all get a list", async (_, effect) => {
    await askAll(1);
    failFrom(effect);
    const answers = await askAll(100);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(calls()).toBeLessThanOrEqual(12);
    expect(answers.at(-1)?.json.stale.code).toEqual(expect.any(String));
  });

  it("is not called after five failures, which the answer, status and metrics report, and tried again later", async () => {
    await askAll(1);
    failFrom({ kind: "gateway-error", code: "500" });
    await askAll(3);
    // Another list has no cached response to fall back to and is refused without a call.
    const before = calls();
    const refused = await stack.ask("GET", "/api/jobs?limit=50");
    expect(refused).toMatchObject({ status: 503, json: { code: "500", retryable: true } });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(calls()).toBe(before);
    const { upstream } = (await stack.ask("GET", "/api/status")).json;
    expect(upstream.paused).toMatchObject([{ kind: "lists", code: "500" }]);
    expect(await stack.metrics()).toContain('wsc_upstream_breaker_open{kind="lists"} 1');
    now += 30_000;
    const tried = calls();
    // While the trial is under way, nothing says when the next one is.
    const answers = await until(
      () => askAll(5),
      (all) => all.at(-1)?.json.stale?.retryAt !== undefined,
    );
    expect(calls()).toBe(tried + 1);
    expect(answers.at(-1)?.json.stale).toMatchObject({ code: "500", retryAt: expect.any(String) });
    stack.emulator.control.clearFaults();
    now += 30_000;
    await until(
      () => askAll(1),
      (all) => all.every(({ json }) => json.stale === undefined),
    );
    expect((await stack.ask("GET", "/api/status")).json.upstream.paused).toEqual([]);
    expect(await stack.metrics()).toContain('wsc_upstream_breaker_open{kind="lists"} 0');
  });

  it("leaves reports readable when only lists fail, and vice versa", async () => {
    const [id = ""] = stack.emulator.control.addJobs([{ startUrl: "https://www.example.com/", status: 4 }]);
    await stack.ask("GET", `/api/jobs/${id}`);
    stack.emulator.control.addFault({
      operation: "getReport",
      times: 1_000_000,
      effect: { kind: "gateway-error", code: "900" },
    });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      now += 2_000;
      expect((await stack.ask("GET", `/api/jobs/${id}/report`)).status).toBe(502);
    }
    expect((await stack.ask("GET", "/api/status")).json.upstream.paused).toMatchObject([{ kind: "reports" }]);
    expect((await stack.ask("GET", "/api/jobs?limit=7")).json.stale).toBeUndefined();
  });

  it("does not delay a reader: the newer answer is used later", async () => {
    const [path = ""] = lists;
    await stack.ask("GET", path);
    stack.emulator.control.addFault({ operation: "getJobs", times: 1, effect: { kind: "latency", ms: 1500 } });
    const first = await stack.ask("GET", path);
    expect(first.json.stale).toMatchObject({ code: "UPSTREAM_SLOW" });
  });
});

describe("concurrent readers", () => {
  it("of one report share one call", async () => {
    const [id = ""] = stack.emulator.control.addJobs([{ startUrl: "https://www.example.com/", status: 4 }]);
    stack.emulator.control.clearRequests();
    const answers = await Promise.all(Array.from({ length: 30 }, () => stack.ask("GET", `/api/jobs/${id}/report`)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const reports = stack.emulator.control.requests().filter(({ operation }) => operation === "getReport");
    expect(reports).toHaveLength(1);
  });

  it("of one report share its failure", async () => {
    const [id = ""] = stack.emulator.control.addJobs([{ startUrl: "https://www.example.com/", status: 4 }]);
    await stack.ask("GET", `/api/jobs/${id}`);
    failFrom({ kind: "html", status: 200 });
    const ask = () => stack.ask("GET", `/api/jobs/${id}/report`);
    await Promise.all(Array.from({ length: 30 }, ask));
    await ask();
    const reports = stack.emulator.control.requests().filter(({ operation }) => operation === "getReport");
    expect(reports.length).toBeLessThanOrEqual(1);
  });
});
