/**
 * One change, and 200 tabs that are notified and fetch the job list: the CPU time when all fetch at the same instant, and the
 * latency of a request when they spread over two seconds, as the web does. `node bench/storm.ts`. Exits with 1 when a goal is
 * missed.
 */
import { Agent, request } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type DashboardProcess, type Person, proxyHeaders, startDashboardProcess } from "./dashboard-process.ts";
import { followEvents } from "./follow-events.ts";
import { tellLoad, tellRow } from "./goals.ts";
import { median } from "./statistics.ts";
import { instanceNoOf, startUpstreamStub } from "./upstream-stub.ts";

const tabs = 200;
const tabsPerPerson = 4;
const rounds = 5;
/** Same as `spreadMs` of apps/web/src/api/follow-changes.ts. */
const spreadMs = 2_000;
const goals = { cpuMs: 300, waitMs: 100 };

const operator: Person = { name: "operator", group: "operators" };
const personOf = (tab: number): Person => ({ name: `person-${Math.floor(tab / tabsPerPerson)}`, group: "viewers" });

/** One keep-alive connection per tab. */
const agents = Array.from({ length: tabs }, () => new Agent({ keepAlive: true, maxSockets: 1 }));

/** Resolves with the milliseconds until the whole list has arrived. */
function askList(port: number, tab: number): Promise<number> {
  const startedAt = performance.now();
  const headers = proxyHeaders(personOf(tab));
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: "/api/jobs?limit=61", headers, agent: agents[tab] };
    const outgoing = request(options, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) resolve(performance.now() - startedAt);
        else reject(new Error(`HTTP ${response.statusCode}`));
      });
    });
    outgoing.on("error", reject).end();
  });
}

async function change({ ask }: DashboardProcess, row: number): Promise<void> {
  const path = `/api/jobs/${instanceNoOf(row)}/cancel`;
  const { status, body } = await ask({ person: operator, method: "POST", path, key: `cancel-of-job-in-row-${row}` });
  if (status !== 200) throw new Error(body);
}

/** Called when a tab is notified; replaced for each change. */
let onTold = (_tab: number): void => {};

/** Makes a change and resolves when every tab has the list. */
async function makeChange(dashboard: DashboardProcess, row: number, delayMs: () => number): Promise<number[]> {
  const told = Array.from({ length: tabs }, () => Promise.withResolvers<void>());
  onTold = (tab) => told[tab]?.resolve();
  const asked = told.map(async ({ promise }, tab) => {
    await promise;
    await wait(delayMs());
    return askList(dashboard.port, tab);
  });
  const [times] = await Promise.all([Promise.all(asked), change(dashboard, row)]);
  return times;
}

tellLoad();
const upstream = await startUpstreamStub({ jobs: 61, findings: 1, waiting: 2 * rounds + 1 });
const settings = { WSC_LIST_POLL_MS: "600000", WSC_DISPATCH_TICK_MS: "1000", WSC_UPSTREAM_TIMEOUT_MS: "60000" };
const dashboard = await startDashboardProcess(upstream.origin, settings, { watchesStalls: false });
const sockets: Socket[] = [];
for (let tab = 0; tab < tabs; tab += 1) {
  sockets.push(await followEvents(dashboard.port, personOf(tab), () => onTold(tab)));
  await askList(dashboard.port, tab);
}
await makeChange(dashboard, 0, () => 0);
const cpu: number[] = [];
const together: number[] = [];
const spread: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  await dashboard.usage();
  together.push(Math.max(...(await makeChange(dashboard, 2 * round + 1, () => 0))));
  cpu.push((await dashboard.usage()).cpuMs);
  spread.push(Math.max(...(await makeChange(dashboard, 2 * round + 2, () => Math.random() * spreadMs))));
}
process.stdout.write(
  `${tabs} tabs, medians of ${rounds}: ${median(cpu).toFixed(0)} ms of CPU from the change to the last list; ` +
    `longest wait ${median(together).toFixed(0)} ms all at once, ${median(spread).toFixed(0)} ms spread over ${spreadMs} ms\n`,
);
tellRow({
  what: `${tabs} tabs after one change, CPU until the last has its list`,
  seen: median(cpu),
  goal: goals.cpuMs,
  unit: "ms",
});
tellRow({
  what: `${tabs} tabs after one change, longest wait with jitter`,
  seen: median(spread),
  goal: goals.waitMs,
  unit: "ms",
});
for (const socket of sockets) socket.destroy();
for (const agent of agents) agent.destroy();
await dashboard.close();
upstream.close();
tellLoad();
