/**
 * What an answer of the API costs the server in CPU, beside a server that sends a ready buffer of the same length, in the same run:
 * `node bench/api.ts`. Emulator and dashboard share a process, so uncached reads count the emulator's work too.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import type { SubjectStart } from "./api-subject.ts";
import { proxyHeaders } from "./dashboard-process.ts";

const rounds = 3;
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

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

async function compare(
  name: string,
  ours: Subject,
  count: number,
  pathOf: (round: number) => (index: number) => string,
) {
  const length = await ask(ours, pathOf(-1)(0));
  const ready = await start("ready-buffer", String(length));
  const own: number[] = [];
  const anchor: number[] = [];
  await measure(ready, count, () => "/");
  for (let round = 0; round < rounds; round += 1) {
    own.push(await measure(ours, count, pathOf(round)));
    anchor.push(await measure(ready, count, () => "/"));
  }
  ready.child.kill();
  const [us, buffer] = [median(own), median(anchor)];
  process.stdout.write(
    `${name}, ${(length / 1000).toFixed(1)} kB: ${us.toFixed(0)} µs of CPU, ready buffer ${buffer.toFixed(0)} µs, ratio ${(us / buffer).toFixed(1)}\n`,
  );
}

const dashboard = await start("dashboard");
await compare("cached list", dashboard, 3_000, () => () => "/api/jobs?limit=61");
await compare("cached report", dashboard, 100, () => () => `/api/jobs/${dashboard.reportId}/report`);
await compare("uncached list", dashboard, 300, (round) => (index) => `/api/jobs?limit=61&q=${round}x${index}`);
dashboard.child.kill();
agent.destroy();
