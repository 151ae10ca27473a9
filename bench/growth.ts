/**
 * Whether repeated work costs the same however much is stored: an idle server, pages of lists and a start, with few and with many
 * submissions, audit entries and schedules. `node bench/growth.ts [submissions] [schedules]`. Exits with 1 when a goal is missed.
 */
import { type ChildProcess, fork } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createMemoToken } from "@wsc-dashboard/wsc-core";
import { createEmulator } from "@wsc-dashboard/wsc-emulator";
import { openAuditChain } from "../apps/bff/src/audit/audit-chain.ts";
import { createKeyRing } from "../apps/bff/src/database/keys.ts";
import { openSqliteDatabase } from "../apps/bff/src/database/open-database.ts";
import { columnsOf } from "../apps/bff/src/schedules/schedule-rows.ts";
import { requestOf } from "../apps/bff/test/database-bench.ts";
import { accessKey, secretKey, startBff } from "../apps/bff/test/start-bff.ts";
import { proxyHeaders, proxySettings } from "./dashboard-process.ts";
import { tellLoad, tellRow } from "./goals.ts";
import { median } from "./statistics.ts";

interface Size {
  readonly submissions: number;
  readonly schedules: number;
}

const isServer = process.argv[2] === "serve";
const [most = "100000", mostSchedules = "10000"] = isServer ? [] : process.argv.slice(2);
const sizes = {
  few: { submissions: 100, schedules: 10 },
  many: { submissions: Number(most), schedules: Number(mostSchedules) },
} satisfies Readonly<Record<string, Size>>;
/** Percent of a core; milliseconds; multiple of the value with few rows. */
const goals = { idlePercent: 1, pageMs: 20, startRatio: 1.2 };
const pages = ["/api/submissions?limit=50", "/api/audit?limit=50", "/api/schedules?limit=50"];
const idleMs = 10_000;
const asksPerPage = 30;
const starts = 3;
const rowsPerInsert = 500;
/** Interval between submissions. */
const apartMs = 300_000;

type SubmissionBase = Awaited<ReturnType<typeof baseSubmission>>;
function baseSubmission(index: number, now: number) {
  const host = `shop-${index % 200}.example.com`;
  const at = now - (index + 1) * apartMs;
  return {
    id: randomUUID(),
    token: createMemoToken(randomBytes(10)),
    state: "BOUND" as const,
    owner_id: "header:owner",
    owner_name: "owner",
    request: JSON.stringify(requestOf(`https://${host}/`)),
    target: host,
    created_at: at,
    due_at: at,
    instance_no: String(1_000_000 + index),
    settled_at: at,
  };
}

const zones = ["Asia/Seoul", "Asia/Tokyo", "Europe/Berlin"];
const two = (value: number): string => String(value).padStart(2, "0");
/** Distinct consecutive wall times. */
const wallTime = (index: number): string => `${two(Math.floor(index / 60) % 24)}:${two(index % 60)}`;

function scheduleRow(index: number, now: number) {
  const request = requestOf(`https://shop-${index}.example.com/`);
  const columns = columnsOf({
    ...request,
    rule: { every: "day", localTime: wallTime(index), zone: zones[index % zones.length] ?? "Asia/Seoul" },
    collision: "skip",
    blackout: [],
  });
  const owner = { owner_id: "header:owner", owner_name: "owner" };
  // Far in the future: the server is measured while it has nothing to do.
  const next_at = now + 30 * 86_400_000 + index * 1000;
  return { id: randomUUID(), ...owner, ...columns, paused_by: null, next_at, created_at: now - index, resumed_at: now };
}

/** Fills a data directory as it is after long use. */
async function fill(directory: string, { submissions, schedules }: Size): Promise<void> {
  const database = await openSqliteDatabase(directory);
  const now = Date.now();
  const audit = await openAuditChain(database.db, createKeyRing([Buffer.alloc(32, 7)]));
  await database.db.transaction().execute(async (tx) => {
    for (let from = 0; from < submissions; from += rowsPerInsert) {
      const count = Math.min(rowsPerInsert, submissions - from);
      const rows: SubmissionBase[] = Array.from({ length: count }, (_, offset) => baseSubmission(from + offset, now));
      await tx.insertInto("submission").values(rows).execute();
      for (const { id, target, created_at } of rows) {
        const about = { actor: "header:owner", object: `submission/${id}`, target } as const;
        await audit.append(tx, { at: created_at, action: "job.create", result: "done", ...about });
      }
    }
    for (let from = 0; from < schedules; from += rowsPerInsert) {
      const count = Math.min(rowsPerInsert, schedules - from);
      const rows = Array.from({ length: count }, (_, offset) => scheduleRow(from + offset, now));
      await tx.insertInto("schedule").values(rows).execute();
    }
  });
  await database.close();
}

interface Started {
  readonly port: number;
  /** CPU and time until the server listened, in milliseconds. */
  readonly cpuMs: number;
  readonly ms: number;
}

const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

/** `ready`: report the CPU time once the audit log has been verified; `used`: report it at once. */
type Order = "ready" | "used";

/** The server process; executes orders from its parent. */
async function serve(upstreamUrl: string, directory: string): Promise<void> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const bff = await startBff({
    upstreamUrl,
    environment: { ...proxySettings, WSC_DATA_DIR: directory, WSC_DISPATCH_TICK_MS: "1000", WSC_LIST_POLL_MS: "15000" },
  });
  const started: Started = { port: bff.port, cpuMs: cpuMs(before), ms: performance.now() - startedAt };
  const headers = proxyHeaders({ name: "auditor", group: "auditors" });
  process.on("message", async (order: Order) => {
    if (order === "used") {
      process.send?.(cpuMs());
      return;
    }
    // The verification starts minutes after the start; this request starts it at once.
    await bff.ask("GET", "/api/audit/chain", { headers });
    while (!(await bff.metrics()).includes("\nwsc_audit_verified_entries ")) await wait(200);
    process.send?.(cpuMs());
  });
  process.on("disconnect", () => void bff.close().finally(() => process.exit(0)));
  process.send?.(started);
}

async function start(upstreamUrl: string, directory: string): Promise<{ child: ChildProcess; started: Started }> {
  const child = fork(import.meta.filename, ["serve", upstreamUrl, directory]);
  const [started] = (await once(child, "message")) as [Started];
  return { child, started };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.disconnect();
  await ended;
}

async function cpuOf(child: ChildProcess, order: Order = "used"): Promise<number> {
  child.send(order);
  const [ms] = (await once(child, "message")) as [number];
  return ms;
}

function ask(port: number, path: string): Promise<number> {
  const startedAt = performance.now();
  const headers = proxyHeaders({ name: "owner", group: "admins" });
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, path, headers, agent: false }, (response) => {
      response.resume();
      response.on("end", () => {
        if (response.statusCode === 200) resolve(performance.now() - startedAt);
        else reject(new Error(`${path}: HTTP ${response.statusCode}`));
      });
    });
    outgoing.on("error", reject).end();
  });
}

interface PageTime {
  readonly ms: number;
  readonly cpuMs: number;
}

interface Measured {
  readonly idlePercent: number;
  readonly pageMs: readonly PageTime[];
  /** Milliseconds of CPU. */
  readonly startCpuMs: number;
  readonly startMs: number;
}

async function measure(upstreamUrl: string, directory: string): Promise<Measured> {
  const begun: Started[] = [];
  for (let round = 1; round < starts; round += 1) {
    const { child, started } = await start(upstreamUrl, directory);
    begun.push(started);
    await stop(child);
  }
  const { child, started } = await start(upstreamUrl, directory);
  begun.push(started);
  try {
    const pageMs: PageTime[] = [];
    await cpuOf(child, "ready");
    for (const path of pages) {
      const times: number[] = [];
      await ask(started.port, path);
      const before = await cpuOf(child);
      for (let count = 0; count < asksPerPage; count += 1) times.push(await ask(started.port, path));
      pageMs.push({ ms: median(times), cpuMs: ((await cpuOf(child)) - before) / asksPerPage });
    }
    const before = await cpuOf(child);
    await wait(idleMs);
    const idlePercent = (((await cpuOf(child)) - before) / idleMs) * 100;
    const startCpuMs = median(begun.map((one) => one.cpuMs));
    return { idlePercent, pageMs, startCpuMs, startMs: median(begun.map((one) => one.ms)) };
  } finally {
    await stop(child);
  }
}

async function measureSize(upstreamUrl: string, size: Size): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), "wsc-growth-bench-"));
  try {
    await fill(directory, size);
    const result = await measure(upstreamUrl, directory);
    const times = pages.map((path, index) => {
      const { ms = Number.NaN, cpuMs: cpu = Number.NaN } = result.pageMs[index] ?? {};
      return `${path} ${ms.toFixed(1)} ms (${cpu.toFixed(1)} ms of CPU)`;
    });
    process.stdout.write(
      `${size.submissions} submissions and entries of the audit log, ${size.schedules} schedules: idle ${result.idlePercent.toFixed(2)} % of a core, ` +
        `${times.join(", ")}, start ${result.startCpuMs.toFixed(0)} ms of CPU (${result.startMs.toFixed(0)} ms)\n`,
    );
    return result;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function compare(): Promise<void> {
  tellLoad();
  const emulator = await createEmulator({ accessKey, secretKey, paceMs: 0 });
  const few = await measureSize(emulator.origin, sizes.few);
  const many = await measureSize(emulator.origin, sizes.many);
  await emulator.close();
  tellRow({
    what: "idle server with much history, of a core",
    seen: many.idlePercent,
    goal: goals.idlePercent,
    unit: "%",
  });
  for (const [index, path] of pages.entries()) {
    const seen = many.pageMs[index]?.cpuMs ?? Number.NaN;
    tellRow({ what: `${path} with much history, CPU`, seen, goal: goals.pageMs, unit: "ms" });
  }
  const seen = many.startCpuMs / few.startCpuMs;
  tellRow({ what: "start with much history beside little, CPU", seen, goal: goals.startRatio, unit: "×" });
  tellLoad();
}

const [, upstreamUrl = "", directory = ""] = process.argv.slice(2);
if (isServer) await serve(upstreamUrl, directory);
else {
  await compare();
  // The emulator leaves timers behind.
  process.exit();
}
