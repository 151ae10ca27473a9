/**
 * CPU cost of an API response on the server, compared in the same run with others that send as many bytes: a server that sends a
 * ready buffer, `@fastify/reply-from` and undici that proxy an upstream's response, and Express with our middleware and a
 * constant response, the floor of the stack: `node bench/api.ts [answer] [requests]`. Exits with 1 when a goal is missed.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { proxyHeaders } from "./dashboard-process.ts";
import { tellLoad, tellRow } from "./goals.ts";
import { median } from "./statistics.ts";
import { bufferPath, instanceNoOf, startUpstreamStub } from "./upstream-stub.ts";

const rounds = 5;
/** Pause after a start, and how long an idle server is measured, in milliseconds. */
const settleMs = 1_000;
const idleMs = 3_000;
const connections = 16;
/** Several people, since one person's share of upstream reads is too small. */
const people = Array.from({ length: 20 }, (_, index) => proxyHeaders({ name: `person-${index}`, group: "viewers" }));

type Anchor = "ready buffer" | "our middleware" | "reply-from" | "undici";

interface Subject {
  readonly child: ChildProcess;
  readonly origin: string;
  /** CPU microseconds per millisecond without requests. */
  readonly idle: number;
}

/** With BENCH_CPU_PROFILE the dashboard writes a CPU profile into that folder when it ends. */
async function start(name: Anchor | "dashboard", upstreamUrl: string, bytes = 1): Promise<Subject> {
  const profile = process.env.BENCH_CPU_PROFILE;
  const child = fork(new URL("api-subject.ts", import.meta.url), [name, upstreamUrl, String(bytes)], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: profile === undefined || name !== "dashboard" ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`],
  });
  const [origin] = (await once(child, "message")) as [string];
  const subject = { child, origin, idle: 0 };
  await wait(settleMs);
  const before = await cpuMicroseconds(subject);
  await wait(idleMs);
  return { ...subject, idle: ((await cpuMicroseconds(subject)) - before) / idleMs };
}

async function cpuMicroseconds({ child }: Subject): Promise<number> {
  child.send("cpu");
  const [usage] = (await once(child, "message")) as [NodeJS.CpuUsage];
  return usage.user + usage.system;
}

const agent = new Agent({ keepAlive: true, maxSockets: connections });

let asked = 0;
function ask({ origin }: Subject, path: string): Promise<number> {
  asked += 1;
  const headers = people[asked % people.length] ?? {};
  return new Promise((resolve, reject) => {
    const outgoing = request(`${origin}${path}`, { agent, headers }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("end", () => {
        if (response.statusCode === 200) resolve(bytes);
        else reject(new Error(`${path}: HTTP ${response.statusCode}`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}

/** CPU microseconds of the server per request, minus its idle usage in that time. */
async function measure(subject: Subject, count: number, pathOf: (index: number) => string): Promise<number> {
  const before = await cpuMicroseconds(subject);
  const startedAt = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < count) {
        next += 1;
        await ask(subject, pathOf(next));
      }
    }),
  );
  const used = (await cpuMicroseconds(subject)) - before;
  return (used - subject.idle * (performance.now() - startedAt)) / count;
}

interface Answer {
  readonly name: string;
  /** Requests per round. */
  readonly count: number;
  /** Goals as multiples of an anchor's CPU time; anchors without a goal are only shown. */
  readonly goals: Partial<Record<Anchor, number>>;
  readonly shown: readonly Anchor[];
  pathOf(round: number, index: number): string;
}

const answers: readonly Answer[] = [
  {
    name: "cached list",
    count: 1_500,
    goals: { "ready buffer": 2.5, "reply-from": 0.55 },
    shown: ["our middleware"],
    pathOf: () => "/api/jobs?limit=61",
  },
  {
    name: "uncached list",
    count: 300,
    goals: { undici: 3.2 },
    shown: ["our middleware"],
    pathOf: (round, index) => `/api/jobs?limit=61&q=${round + 1}x${index}`,
  },
  {
    name: "cached report",
    count: 100,
    goals: { "ready buffer": 1.1 },
    shown: ["our middleware"],
    pathOf: () => `/api/jobs/${instanceNoOf(0)}/report`,
  },
];

async function compare(ours: Subject, upstreamUrl: string, { name, count, goals, shown, pathOf }: Answer) {
  const length = await ask(ours, pathOf(-1, 0));
  const names = [...(Object.keys(goals) as Anchor[]), ...shown];
  const anchors = await Promise.all(names.map((anchor) => start(anchor, upstreamUrl, length)));
  const own: number[] = [];
  const theirs: number[][] = names.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    const cost = await measure(ours, count, (index) => pathOf(round, index));
    const costs: number[] = [];
    for (const anchor of anchors) costs.push(await measure(anchor, count, () => bufferPath(length)));
    // The first round warms up.
    if (round < 0) continue;
    own.push(cost);
    for (const [index, anchorCost] of costs.entries()) theirs[index]?.push(anchorCost);
  }
  for (const { child } of anchors) child.disconnect();
  const medians = names.map((anchor, index) => ({ anchor, cost: median(theirs[index] ?? []) }));
  const others = medians.map(({ anchor, cost }) => `${anchor} ${cost.toFixed(0)} µs`).join(", ");
  process.stdout.write(`${name}, ${(length / 1000).toFixed(1)} kB: ${median(own).toFixed(0)} µs of CPU; ${others}\n`);
  for (const { anchor, cost } of medians) {
    const goal = goals[anchor];
    if (goal !== undefined)
      tellRow({ what: `${name}, CPU beside ${anchor}`, seen: median(own) / cost, goal, unit: "×" });
  }
}

const [wanted, requests] = process.argv.slice(2);
tellLoad();
const upstream = await startUpstreamStub({ jobs: 61, findings: 4_000 });
const dashboard = await start("dashboard", upstream.origin);
// The first request of each person is a login, which is written to the audit log.
for (const _ of people) await ask(dashboard, "/api/session");
for (const answer of answers) {
  if (wanted !== undefined && answer.name !== wanted) continue;
  await compare(dashboard, upstream.origin, { ...answer, count: Number(requests ?? answer.count) });
}
dashboard.child.disconnect();
upstream.close();
agent.destroy();
tellLoad();
