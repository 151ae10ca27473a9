import { rmSync } from "node:fs";
import { join } from "node:path";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import BetterSqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { accessKey, type Bff, jobBody, newDataDirectory, secretKey, startBff, until } from "../start-bff.ts";
import { idleScanner, openTargets, type Targets } from "./gateway-truth.ts";
import { type HoldingProxy, startHoldingProxy } from "./holding-proxy.ts";

const minuteMs = 60_000;
const displacements = [60, -60, 24 * 60, -24 * 60];

/** The machine's time, independent of the clock that the server reads. */
const machineNow = (): number => performance.timeOrigin + performance.now();

let targets: Targets;
let emulator: Emulator;
let proxy: HoldingProxy;
let directory: string;
let running: Bff[];
beforeEach(async () => {
  targets = await openTargets(4);
  emulator = await createEmulator({ accessKey, secretKey, now: machineNow, scanner: idleScanner, paceMs: 0 });
  proxy = await startHoldingProxy(emulator.port);
  directory = await newDataDirectory();
  running = [];
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(running.map((bff) => bff.close()));
  await proxy.close();
  await emulator.close();
  await targets.close();
  rmSync(directory, { recursive: true, force: true });
});

async function start(environment: Record<string, string> = {}): Promise<Bff> {
  const bff = await startBff({
    upstreamUrl: proxy.origin,
    environment: {
      WSC_DATA_DIR: directory,
      WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 5).toString("base64"),
      ...environment,
    },
  });
  running.push(bff);
  return bff;
}
async function stop(bff: Bff): Promise<void> {
  running = running.filter((other) => other !== bff);
  await bff.close();
}
const displace = (minutes: number) => emulator.control.changeSettings({ clockOffsetMs: minutes * minuteMs });
const gatewayNow = (): number => machineNow() + emulator.control.settings().clockOffsetMs;
const refused = () => emulator.control.requests().filter(({ isAuthentic }) => !isAuthentic);
const creates = () => emulator.control.requests().filter(({ operation }) => operation === "createJob");
const stateOf = async (bff: Bff, id: string) => (await bff.ask("GET", `/api/submissions/${id}`)).json.submission;
const become = (bff: Bff, id: string, state: string) =>
  until(
    () => stateOf(bff, id),
    (submission) => submission.state === state,
  );
async function submit(bff: Bff, target = 0): Promise<string> {
  const answer = await bff.ask("POST", "/api/jobs", { body: jobBody(targets.urls[target] ?? "") });
  expect(answer.status).toBe(202);
  return answer.json.submission.id;
}
/** Sets a due time in milliseconds, which no form allows. Only while no server runs. */
function reserve(id: string, dueAt: number): void {
  const file = new BetterSqlite(join(directory, "wsc-dashboard.sqlite"));
  const { changes } = file.prepare("update submission set due_at = ?, next_at = ? where id = ?").run(dueAt, dueAt, id);
  file.close();
  expect(changes).toBe(1);
}
/** Nothing listens there, so nothing is sent. */
const unreachable = "http://127.0.0.1:9";

describe.each(displacements)("an upstream clock %i minutes off", (minutes) => {
  it("costs one call at the start, and none afterwards", async () => {
    displace(minutes);
    const bff = await start();
    await become(bff, await submit(bff), "BOUND");
    expect(refused().length).toBeLessThanOrEqual(1);
    expect(creates()).toHaveLength(1);
    const before = emulator.control.requests().length;
    await become(bff, await submit(bff, 1), "BOUND");
    expect(refused().length).toBeLessThanOrEqual(1);
    expect(creates()).toHaveLength(2);
    // createJob, and the calls that found the job when the response did not contain its number.
    expect(
      emulator.control
        .requests()
        .slice(before)
        .filter(({ isAuthentic }) => !isAuthentic),
    ).toEqual([]);
  });

  it("after a jump of the local clock costs at most one refused call, and the job is created", async () => {
    const bff = await start();
    await become(bff, await submit(bff), "BOUND");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - minutes * minuteMs });
    await become(bff, await submit(bff, 1), "BOUND");
    expect(refused().length).toBeLessThanOrEqual(1);
    expect(creates()).toHaveLength(2);
  });

  it("sends nothing before its due time by the upstream's clock", async () => {
    const closed = await start({ WSC_UPSTREAM_URL: unreachable });
    const id = await submit(closed);
    await stop(closed);
    displace(minutes);
    const dueAt = gatewayNow() + 2500;
    reserve(id, dueAt);
    const bff = await start();
    await become(bff, id, "BOUND");
    const [create] = creates();
    // The gateway's clock has whole seconds.
    expect(Date.parse(create?.receivedAt ?? "")).toBeGreaterThanOrEqual(dueAt - 500);
    // Nor an hour late by the local clock.
    expect(Date.parse(create?.receivedAt ?? "")).toBeLessThan(dueAt + 20 * minuteMs);
    expect(creates()).toHaveLength(1);
  });

  it("is learned from a refusal: the submission is neither missed nor postponed", async () => {
    displace(minutes);
    const bff = await start();
    emulator.control.addFault({
      operation: "getJobs",
      times: 2,
      effect: { kind: "gateway-error", code: "410", retryAfter: 1 },
    });
    await become(bff, await submit(bff), "BOUND");
    expect(creates()).toHaveLength(1);
  });

  it("does not shorten the time in which a call may still be accepted", async () => {
    await proxy.close();
    // Held back for most of the validity: searches before its end must not count as proof of absence.
    proxy = await startHoldingProxy(emulator.port, () => (proxy.seen.length === 1 ? 900 : 0));
    displace(minutes);
    emulator.control.changeSettings({ signatureValidityMs: 1500 });
    const environment = {
      WSC_SIGNATURE_VALIDITY_MS: "1500",
      WSC_INDEX_LAG_MS: "300",
      WSC_UPSTREAM_TIMEOUT_MS: "300",
    };
    const first = await start(environment);
    const id = await submit(first);
    await become(first, id, "IN_DOUBT");
    await stop(first);
    const second = await start(environment);
    await become(second, id, "BOUND");
    // On a slow machine the call may be too late after all.
    const [call] = creates();
    expect(proxy.seen).toHaveLength(call?.isAuthentic === true ? 1 : 2);
  });

  it("does not prevent reconciliation of a call of unknown outcome", async () => {
    displace(minutes);
    emulator.control.changeSettings({ signatureValidityMs: 1500 });
    emulator.control.addFault({ operation: "createJob", effect: { kind: "reset", when: "before" } });
    const environment = { WSC_SIGNATURE_VALIDITY_MS: "1500", WSC_INDEX_LAG_MS: "300" };
    const first = await start(environment);
    const id = await submit(first);
    await become(first, id, "IN_DOUBT");
    await stop(first);
    const second = await start(environment);
    const { attempts } = await become(second, id, "BOUND");
    expect(attempts).toHaveLength(2);
    expect(proxy.seen).toHaveLength(2);
    const [one, two] = attempts.map(({ sentAt }: { sentAt: string }) => Date.parse(sentAt));
    expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(1800);
  });
});
