/**
 * The constants of docs/scale.md: CPU of the server for a job, a schedule, a page and a follower, calls of the upstream, and what a
 * job adds to the database. `node bench/scale.ts [jobs]`, about three minutes. CPU is that of the server's process; what it uses
 * meanwhile for reading the list in the background is subtracted.
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import type { Socket } from "node:net";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createDemoSite, createEmulator } from "@wsc-dashboard/wsc-emulator";
import { openTargets } from "../apps/bff/test/open-targets.ts";
import { accessKey, secretKey } from "../apps/bff/test/start-bff.ts";
import { type DashboardProcess, type Person, startDashboardProcess } from "./dashboard-process.ts";
import { followEvents } from "./follow-events.ts";
import { tellLoad } from "./goals.ts";

const [wanted = "200"] = process.argv.slice(2);
const jobs = Number(wanted);
/** Jobs before the measurement, so that code is compiled and caches are filled. */
const warmUps = 50;
const finishedJobs = 20;
const schedules = 100;
const looks = 200;
const followers = 500;
const followersPerPerson = 20;
const idleMs = 5_000;
/** Pace of the emulator with which no job goes on. */
const stillMs = 3_600_000;
const limitMs = 120_000;
const operator: Person = { name: "operator", group: "operators" };
const consent = { textVersion: "1", accepted: true };

const tell = (name: string, value: string): void => void process.stdout.write(`${name.padEnd(56)} ${value}\n`);
const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} ms`;

interface Cost {
  /** Milliseconds of CPU beyond those of an idle server. */
  readonly cpuMs: number;
  readonly calls: number;
  readonly ms: number;
}

interface Server {
  readonly dashboard: DashboardProcess;
  /** Milliseconds of CPU in a millisecond of idling. */
  idle: number;
}

async function costOf({ dashboard, idle }: Server, work: () => Promise<void>): Promise<Cost> {
  await dashboard.usage();
  const startedAt = performance.now();
  await work();
  const { cpuMs, calls } = await dashboard.usage();
  const ms = performance.now() - startedAt;
  return { cpuMs: cpuMs - idle * ms, calls, ms };
}

async function until(isThere: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await isThere())) {
    if (Date.now() > deadline) throw new Error("it did not come about in time");
    await wait(250);
  }
}

async function askOk({ dashboard }: Server, path: string, body?: unknown): Promise<string> {
  const call = body === undefined ? {} : { method: "POST", body, key: randomUUID() };
  const { status, body: text } = await dashboard.ask({ person: operator, path, ...call });
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
  return text;
}

/** Waits until the jobs with which the emulator begins are read. */
const untilRead = (server: Server): Promise<void> =>
  until(async () => {
    const { reading } = JSON.parse(await askOk(server, "/api/targets"));
    return reading.listReadAt !== null && reading.waiting === 0;
  });

/** Orders a job for each target, and waits until each is bound. */
async function orderAll(server: Server, urls: readonly string[]): Promise<void> {
  for (const startUrl of urls) await askOk(server, "/api/jobs", { startUrl, consent });
  await until(async () => JSON.parse(await askOk(server, "/api/submissions?view=pending&limit=1")).total === 0);
}

/** Bytes of the database, with its write-ahead log. */
const bytesIn = (directory: string): number =>
  ["", "-wal"].reduce(
    (sum, end) => sum + (statSync(join(directory, `wsc-dashboard.sqlite${end}`), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );

async function measureIdle(server: Server, name: string): Promise<void> {
  await server.dashboard.usage();
  await wait(idleMs);
  const { cpuMs, resident, inUse } = await server.dashboard.usage();
  server.idle = cpuMs / idleMs;
  tell(`reading in the background alone${name}`, `${(server.idle * 100).toFixed(2)} % of a core`);
  tell("  its memory", `${resident.toFixed(0)} MB resident, ${inUse.toFixed(0)} MB in use`);
}

async function measureJobs(server: Server, directory: string, urls: readonly string[]): Promise<void> {
  await orderAll(server, urls.slice(0, warmUps));
  const before = bytesIn(directory);
  const { cpuMs, calls, ms } = await costOf(server, () => orderAll(server, urls.slice(warmUps)));
  tell("a job, from the request until it is bound", `${milliseconds(cpuMs / jobs)} of CPU`);
  tell("  calls of the upstream", (calls / jobs).toFixed(2));
  tell("  jobs a second, without spacing", ((jobs * 1000) / ms).toFixed(1));
  tell("  the database grows by", `${((bytesIn(directory) - before) / jobs / 1000).toFixed(1)} kB`);
}

/** Jobs of sites with findings, one after the other; their reports are read in the background. */
async function measureFinished(server: Server, urls: readonly string[], setPace: (ms: number) => void): Promise<void> {
  await orderAll(server, urls);
  const countRead = async (): Promise<number> => {
    const { targets } = JSON.parse(await askOk(server, "/api/targets"));
    const hosts = new Set(urls.map((url) => new URL(url).host));
    return targets.filter(({ host, latest }: { host: string; latest: unknown }) => hosts.has(host) && latest !== null)
      .length;
  };
  const cost = await costOf(server, async () => {
    setPace(0);
    await until(async () => (await countRead()) === urls.length);
  });
  setPace(stillMs);
  // Its CPU cannot be told from that of reading in the background.
  tell("a finished job, calls of the upstream", (cost.calls / urls.length).toFixed(2));
}

async function measurePages(server: Server): Promise<void> {
  for (const path of ["/api/session", "/api/jobs?limit=50", "/api/overview", "/api/submissions?limit=50"]) {
    await askOk(server, path);
    const { cpuMs } = await costOf(server, async () => {
      for (let look = 0; look < looks; look += 1) await askOk(server, path);
    });
    tell(`GET ${path}`, `${milliseconds(cpuMs / looks)} of CPU`);
  }
}

async function measureFollowers(server: Server): Promise<void> {
  const sockets: Socket[] = [];
  const before = await server.dashboard.usage();
  const joined = await costOf(server, async () => {
    for (let index = 0; index < followers; index += 25) {
      const some = Array.from({ length: 25 }, (_, offset): Person => {
        return { name: `person-${Math.floor((index + offset) / followersPerPerson)}`, group: "viewers" };
      });
      sockets.push(...(await Promise.all(some.map((person) => followEvents(server.dashboard.port, person, () => {})))));
    }
  });
  const { inUse } = await server.dashboard.usage();
  tell("a follower who comes", `${milliseconds(joined.cpuMs / followers)} of CPU`);
  tell("  memory in use", `${(((inUse - before.inUse) * 1000) / followers).toFixed(0)} kB`);
  const idling = await costOf(server, () => wait(idleMs));
  tell(`${followers} followers while nothing changes`, `${((idling.cpuMs / idling.ms) * 100).toFixed(2)} % of a core`);
  for (const socket of sockets) socket.destroy();
}

async function measureSchedules(server: Server, urls: readonly string[]): Promise<void> {
  // A minute boundary that leaves time to create them all.
  const due = new Date(Math.ceil((Date.now() + 25_000) / 60_000) * 60_000);
  const rule = { every: "day", localTime: due.toISOString().slice(11, 16), zone: "UTC" };
  const created = await costOf(server, async () => {
    for (const startUrl of urls) await askOk(server, "/api/schedules", { startUrl, consent, rule });
  });
  tell("a schedule that is created", `${milliseconds(created.cpuMs / urls.length)} of CPU`);
  await measureIdle(server, ` with ${urls.length} schedules`);
  const ran = await costOf(server, async () => {
    await wait(due.getTime() - Date.now() + 1_000);
    await until(async () => JSON.parse(await askOk(server, "/api/submissions?view=pending&limit=1")).total === 0);
  });
  tell("a run of a schedule, calls of the upstream", (ran.calls / urls.length).toFixed(2));
}

async function measure(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "wsc-scale-"));
  const emulator = await createEmulator({ accessKey, secretKey, seed: true, paceMs: stillMs, queueLimit: 10_000 });
  const targets = await openTargets(jobs + warmUps + schedules);
  const sites = await Promise.all(Array.from({ length: finishedJobs }, () => createDemoSite()));
  const environment = {
    WSC_DATA_DIR: directory,
    WSC_ALLOW_PRIVATE_TARGETS: "true",
    WSC_LIST_POLL_MS: "15000",
    WSC_CREATE_SPACING_MS: "0",
    WSC_BACKGROUND_READ_MS: "100",
  };
  const dashboard = await startDashboardProcess(emulator.origin, environment, { watchesStalls: false });
  try {
    const server: Server = { dashboard, idle: 0 };
    tell("machine", `${availableParallelism()} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}`);
    const [ordered, scheduled] = [targets.urls.slice(schedules), targets.urls.slice(0, schedules)];
    await untilRead(server);
    await measureIdle(server, "");
    await measureFinished(
      server,
      sites.map(({ origin }) => `${origin}/`),
      (paceMs) => emulator.control.changeSettings({ paceMs }),
    );
    await measureJobs(server, directory, ordered);
    await measurePages(server);
    await measureFollowers(server);
    await measureSchedules(server, scheduled);
    tellLoad();
  } finally {
    await dashboard.close();
    targets.close();
    await emulator.close();
    for (const site of sites) await site.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

await measure();
