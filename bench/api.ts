/**
 * What an answer of the API costs the server in CPU, in the same run beside a server that sends a ready buffer of the same length, and
 * beside Express with the same middleware and that buffer, the floor of the stack: `node bench/api.ts [answer] [requests]`. Emulator and dashboard share a
 * process, so uncached reads count the emulator's work too. Ends with 1 when a goal is missed.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import type { SubjectStart } from "./api-subject.ts";
import { proxyHeaders } from "./dashboard-process.ts";
import { median } from "./statistics.ts";

const rounds = 3;
/** Times as much CPU as the ready buffer. */
const goals: Readonly<Record<string, number>> = { list: 2.5, report: 1.1 };
const connections = 16;
/** Several people, since one person's share of upstream reads is too small. */
const people = Array.from({ length: 400 }, (_, index) => proxyHeaders({ name: `person-${index}`, group: "viewers" }));

interface Subject extends SubjectStart {
  readonly child: ChildProcess;
}

async function start(...args: string[]): Promise<Subject> {
  const child = fork(new URL("api-subject.ts", import.meta.url), args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [started] = (await once(child, "message")) as [SubjectStart];
  return { child, ...started };
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

/** CPU of the server per request, in microseconds. */
async function measure(subject: Subject, count: number, pathOf: (index: number) => string): Promise<number> {
  const before = await cpuMicroseconds(subject);
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (next < count) {
        next += 1;
        await ask(subject, pathOf(next));
      }
    }),
  );
  return ((await cpuMicroseconds(subject)) - before) / count;
}

interface Answer {
  readonly name: string;
  /** Requests in a round. */
  readonly count: number;
  readonly pathOf: (round: number) => (index: number) => string;
}

async function compare(ours: Subject, { name, count, pathOf }: Answer): Promise<void> {
  const length = await ask(ours, pathOf(-1)(0));
  const anchors = [await start("ready-buffer", String(length)), await start("floor", String(length))];
  const subjects = [ours, ...anchors];
  const costs: number[][] = subjects.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const cost = await measure(subject, count, subject === ours ? pathOf(round) : () => "/");
      // The first round warms up.
      if (round >= 0) costs[index]?.push(cost);
    }
  }
  for (const { child } of anchors) child.kill();
  const [own = Number.NaN, buffer = Number.NaN, floor = Number.NaN] = costs.map(median);
  const goal = goals[name];
  const ratio = own / buffer;
  process.stdout.write(
    `${name}, ${(length / 1000).toFixed(1)} kB: ${own.toFixed(0)} µs of CPU, ready buffer ${buffer.toFixed(0)} µs, ratio ${ratio.toFixed(1)}` +
      `${goal === undefined ? "" : ` (goal ${goal})`}; floor ${floor.toFixed(0)} µs, ratio ${(floor / buffer).toFixed(1)}\n`,
  );
  if (goal !== undefined && ratio > goal) process.exitCode = 1;
}

const dashboard = await start("dashboard");
const answers: readonly Answer[] = [
  { name: "list", count: 1_500, pathOf: () => () => "/api/jobs?limit=61" },
  { name: "report", count: 100, pathOf: () => () => `/api/jobs/${dashboard.reportId}/report` },
  { name: "uncached list", count: 300, pathOf: (round) => (index) => `/api/jobs?limit=61&q=${round}x${index}` },
];
const [wanted, requests] = process.argv.slice(2);
for (const answer of answers) {
  if (wanted !== undefined && answer.name !== wanted) continue;
  await compare(dashboard, { ...answer, count: Number(requests ?? answer.count) });
}
dashboard.child.kill();
agent.destroy();
