/**
 * Simulates 20 people who use a dashboard while every gateway fault occurs, one after the other:
 * `node bench/chaos.ts [minutes] [--postgres] [fault ...]`. With fault names only those occur; with `--postgres` the dashboard's
 * database is PostgreSQL, which fails as well. Bounded, on this machine only. Prints the effect of each fault, and at the end
 * whether anything was doubled, lost, early or untrue. Exits with 1 when a promise did not hold.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Submission, stripMemoToken } from "@wsc-dashboard/wsc-core";
import { createEmulator, type FaultInput } from "@wsc-dashboard/wsc-emulator";
import { accessKey, secretKey } from "../apps/bff/test/crash/child-bff.ts";
import { scaled } from "../apps/bff/test/crash/fault-mix.ts";
import {
  idleScanner,
  jobsOf,
  judge,
  openTargets,
  type RequestedSubmission,
} from "../apps/bff/test/crash/gateway-truth.ts";
import { startHoldingProxy } from "../apps/bff/test/crash/holding-proxy.ts";
import { startPostgres } from "../apps/bff/test/start-postgres.ts";
import { type Asked, type Person, settleMs, startDashboardProcess, type Usage } from "./dashboard-process.ts";
import { type NetworkState, startFaultNetwork } from "./fault-network.ts";
import { percentile } from "./statistics.ts";

const minutes = Number(process.argv[2] ?? 10);
const peopleCount = 20;
const pauseMs = { least: 150, most: 900 };
const orderEveryMs = 1_500;
const settleLimitMs = 240_000;
/**
 * Kept reads: milliseconds at the 99th percentile of the whole run, and of one phase, in which the wait for a list that shows a
 * change counts most. Growth from the first quiet phase to the end: megabytes in use, descriptors.
 * Resident memory, which includes reserves: megabytes by which the second half's peak may exceed the first half's.
 */
const goals = {
  keptP99: 100,
  keptP99OfPhase: 1_000,
  stallMs: 100,
  inUseGrowth: 30,
  residentGrowth: 80,
  descriptorGrowth: 30,
};
const declared = new Set([502, 503, 504]);

interface Phase {
  readonly name: string;
  readonly network?: NetworkState;
  readonly effect?: FaultInput["effect"];
  /** frozen: its processes are stopped until the end of the phase. away: it refuses connections. */
  readonly database?: "frozen" | "away";
}

const words = process.argv.slice(3);
const usesPostgres = words.includes("--postgres");

/** Every fault between two quiet phases. */
const allPhases: readonly Phase[] = [
  { name: "none" },
  { name: "silent", network: "silent" },
  { name: "drip", network: "drip" },
  { name: "refused", network: "refused" },
  { name: "reset before", effect: { kind: "reset", when: "before" } },
  { name: "reset after", effect: { kind: "reset", when: "after" } },
  { name: "500", effect: { kind: "gateway-error", code: "900", when: "before" } },
  { name: "503 after", effect: { kind: "gateway-error", code: "500", when: "after" } },
  { name: "HTML", effect: { kind: "html", status: 200, when: "after" } },
  { name: "garbage", effect: { kind: "garbage", when: "after" } },
  { name: "throttled", effect: { kind: "gateway-error", code: "410", retryAfter: 2 } },
  { name: "keys refused", effect: { kind: "gateway-error", code: "200" } },
  {
    name: "lies",
    effect: { kind: "body", body: { returnCode: "0", resources: { total_cnt: 1e300, record_data: [] } } },
  },
  { name: "slow", effect: { kind: "latency", ms: 2_000 } },
  { name: "one wrong date", network: "one wrong date" },
  { name: "wrong dates", network: "wrong dates" },
  ...(usesPostgres
    ? ([
        { name: "database frozen", database: "frozen" },
        { name: "database away", database: "away" },
      ] as const)
    : []),
  { name: "none again" },
];

const named = words.filter((word) => word !== "--postgres");
const phases = allPhases.filter(({ name }) => named.length === 0 || named.includes(name));
if (phases.length === 0) throw new Error(`no such fault; there are: ${allPhases.map(({ name }) => name).join(", ")}`);

const people: readonly Person[] = Array.from({ length: peopleCount }, (_, index) => ({
  name: `person-${index + 1}`,
  group: index < 2 ? "admins" : index < 4 ? "auditors" : index < 8 ? "viewers" : "operators",
}));
const admin: Person = { name: "person-1", group: "admins" };

const emulator = await createEmulator({
  ...{
    accessKey,
    secretKey,
    scanner: idleScanner,
    seed: true,
    paceMs: 0,
    signatureValidityMs: scaled.signatureValidityMs,
  },
});
const reports = [300, 2_000].map((findings) => emulator.control.addReport({ findings }));
const targets = await openTargets(Math.ceil((minutes * 60_000) / orderEveryMs) + 1);
const holding = await startHoldingProxy(emulator.port);
const network = await startFaultNetwork(Number(new URL(holding.origin).port));
const postgres = usesPostgres ? await startPostgres() : null;
const databaseWay = postgres === null ? null : await startFaultNetwork(postgres.port);
async function databaseSettings(): Promise<Record<string, string>> {
  if (postgres === null || databaseWay === null) return {};
  const url = new URL(await postgres.createDatabase());
  url.port = new URL(databaseWay.origin).port;
  return { WSC_DATABASE_URL: url.href };
}

/** The server process and its children for connections. */
function databaseProcesses(): number[] {
  const { pid } = postgres ?? { pid: 0 };
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
  return [pid, ...children.map(Number)];
}

/** Causes a fault of the database; returns a function that ends it. */
async function failDatabase(fault: Phase["database"]): Promise<() => Promise<void>> {
  if (fault === "away") {
    await databaseWay?.become("refused");
    return async () => databaseWay?.become("well");
  }
  const stopped = fault === "frozen" ? databaseProcesses() : [];
  for (const pid of stopped) process.kill(pid, "SIGSTOP");
  return async () => {
    for (const pid of stopped) process.kill(pid, "SIGCONT");
  };
}

const dashboard = await startDashboardProcess(network.origin, {
  ...(await databaseSettings()),
  WSC_ACCESS_KEY: accessKey,
  WSC_SECRET_KEY: secretKey,
  WSC_LIST_POLL_MS: "2000",
  WSC_UPSTREAM_TIMEOUT_MS: "3000",
  WSC_SIGNATURE_VALIDITY_MS: String(scaled.signatureValidityMs),
  WSC_INDEX_LAG_MS: String(scaled.indexLagMs),
  WSC_RECONCILE_STEP_MS: "1000",
  WSC_DISPATCH_TICK_MS: "200",
  WSC_MISFIRE_GRACE_MS: "600000",
});

const keptLists = [20, 30, 40, 50].map((limit) => `/api/jobs?limit=${limit}`);
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const otherReads = (): string =>
  pick([
    ...["/api/submissions?limit=100", "/api/schedules", "/api/status", "/api/session", "/api/events", "/api/targets"],
    ...reports.flatMap((id) => [`/api/jobs/${id}`, `/api/jobs/${id}/report`]),
    ...["sarif", "csv", "defectdojo"].map((format) => `/api/jobs/${pick(reports)}/report/export?format=${format}`),
    `/api/jobs?q=${encodeURIComponent(pick(["shop", "example", "키", "%"]))}`,
    `/api/jobs/${Math.ceil(Math.random() * 1e6)}`,
  ]);

interface Answer extends Asked {
  readonly isKept: boolean;
  readonly path: string;
}
const answers: Answer[] = [];
let phaseName = "none";
/** The phase in which each submission was accepted. */
const phaseOf = new Map<string, string>();
const requested: RequestedSubmission[] = [];
let isOver = false;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function read(person: Person): Promise<void> {
  const isKept = Math.random() < 0.6;
  const path = isKept ? pick(keptLists) : otherReads();
  answers.push({ ...(await dashboard.ask({ person, path })), isKept, path });
}

/** Orders a job, with retries until the dashboard has accepted it: the same key gets the same response. */
async function order(person: Person, number: number): Promise<void> {
  const key = randomUUID();
  const memo = `chaos ${number}`;
  const dueAt = Date.now() + (number % 2 === 0 ? 0 : 60_000);
  const at = new Date(Math.ceil(dueAt / 60_000) * 60_000).toISOString().slice(0, 16);
  const when = number % 2 === 0 ? { kind: "now" } : { kind: "at", localTime: at, zone: "UTC" };
  const body = {
    startUrl: targets.urls[number],
    memo,
    when,
    consent: { textVersion: "1", accepted: true },
  };
  while (!isOver) {
    const asked = await dashboard.ask({ person, method: "POST", path: "/api/jobs", body, key });
    answers.push({ ...asked, isKept: false, path: "POST /api/jobs" });
    if (asked.status === 202) {
      const { submission } = JSON.parse(asked.body) as { submission: Submission };
      phaseOf.set(submission.id, phaseName);
      requested.push({ id: submission.id, memo, dueAt: Date.parse(submission.dueAt) });
      return;
    }
    if (!declared.has(asked.status)) return;
    await sleep(500);
  }
}

async function live(person: Person): Promise<void> {
  while (!isOver) {
    await read(person);
    await sleep(pauseMs.least + Math.random() * (pauseMs.most - pauseMs.least));
  }
}

async function orderAll(endsAt: number): Promise<void> {
  const orderers = people.filter(({ group }) => group === "operators");
  const running: Promise<void>[] = [];
  for (let number = 0; Date.now() < endsAt; number += 1) {
    running.push(order(orderers[number % orderers.length] ?? admin, number));
    await sleep(orderEveryMs);
  }
  await Promise.all(running);
}

interface Row extends Usage {
  readonly name: string;
  readonly asked: number;
  readonly failed: number;
  readonly undeclared: readonly Answer[];
  /** Milliseconds of the kept reads. */
  readonly kept: readonly number[];
  readonly perMinute: number;
}

async function runPhase({ name, network: state = "well", effect, database }: Phase, ms: number): Promise<Row> {
  emulator.control.clearFaults();
  await network.become(state);
  const mendDatabase = await failDatabase(database);
  if (effect !== undefined) emulator.control.addFault({ operation: "*", times: 1_000_000, effect });
  phaseName = name;
  await dashboard.usage();
  // The collection of garbage that it asks for is not the fault's.
  await sleep(settleMs);
  const from = answers.length;
  await sleep(ms);
  await mendDatabase();
  const usage = await dashboard.usage();
  const own = answers.slice(from);
  const kept = own.filter(({ isKept, status }) => isKept && status === 200).map((answer) => answer.ms);
  const undeclared = own.filter(({ status }) => status >= 500 && !declared.has(status));
  return {
    ...{ ...usage, name, asked: own.length, undeclared },
    failed: own.filter(({ status }) => declared.has(status)).length,
    kept,
    perMinute: usage.calls / (ms / 60_000),
  };
}

function print(rows: readonly Row[]): void {
  const head = [
    "fault",
    "asked",
    "502-504",
    "kept p50 ms",
    "p99",
    "calls/min",
    "stall ms",
    "of CPU",
    "disk waits",
    "MB in use",
    "resident",
    "descriptors",
  ];
  const lines = rows.map((row) => [
    ...[
      row.name,
      String(row.asked),
      String(row.failed),
      percentile(row.kept, 50).toFixed(1),
      percentile(row.kept, 99).toFixed(1),
    ],
    ...[row.perMinute.toFixed(0), row.stallMs.toFixed(0), row.busyMs.toFixed(0), String(row.majorFaults)],
    ...[row.inUse.toFixed(0), row.resident.toFixed(0), String(row.descriptors)],
  ]);
  for (const line of [head, ...lines]) {
    process.stdout.write(`${line.map((cell, at) => (at === 0 ? cell.padEnd(16) : cell.padStart(12))).join("")}\n`);
  }
}

async function listSubmissions(): Promise<Submission[]> {
  const all: Submission[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await dashboard.ask({ person: admin, path: `/api/submissions?limit=500&page=${page}` });
    const { submissions, pageCount } = JSON.parse(body) as { submissions: Submission[]; pageCount: number };
    all.push(...submissions);
    if (page >= pageCount) return all;
  }
}

const settled = new Set(["BOUND", "MISSED", "FAILED", "CANCELLED", "NEEDS_REVIEW"]);
async function untilSettled(): Promise<Submission[]> {
  const limit = Date.now() + settleLimitMs;
  for (;;) {
    const all = await listSubmissions();
    const memos = new Set((await jobsOf(emulator)).map(({ memo }) => stripMemoToken(memo)));
    const memoOf = ({ id }: Submission): string => requested.find((one) => one.id === id)?.memo ?? "";
    // What a person was asked during an outage is bound by itself when the list shows its job.
    const isOver = (one: Submission): boolean =>
      settled.has(one.state) && (one.state !== "NEEDS_REVIEW" || !memos.has(memoOf(one)));
    if (all.every(isOver) || Date.now() > limit) return all;
    await sleep(1_000);
  }
}

for (const path of [...keptLists, ...reports.map((id) => `/api/jobs/${id}/report`)])
  await dashboard.ask({ person: admin, path });
const phaseMs = (minutes * 60_000) / phases.length;
const lives = people.map(live);
const ordering = orderAll(Date.now() + phaseMs * (phases.length - 1));
const rows: Row[] = [];
for (const phase of phases) rows.push(await runPhase(phase, phaseMs));
emulator.control.clearFaults();
await network.become("well");
await ordering;
isOver = true;
await Promise.all(lives);
const shown = await untilSettled();
await holding.drained();
const judged = judge(requested, shown, await jobsOf(emulator), emulator, holding.seen);
const last = await dashboard.usage();

print(rows);
const { doubled, lost, early, untrue, unrecorded, bound, inReview, attempts } = judged;
const wrong = { doubled, lost, early, untrue, unrecorded };
const endOf = ({ state, reason }: Submission): string => `${state} ${reason?.code ?? ""}`.trim();
const countEnds = (list: readonly Submission[]): string =>
  Object.entries(Object.groupBy(list, endOf))
    .map(([end, some = []]) => `${some.length} ${end}`)
    .join(", ");
const byPhase = Object.groupBy(shown, ({ id }) => phaseOf.get(id) ?? "");
for (const [name, list = []] of Object.entries(byPhase))
  process.stdout.write(`${name.padEnd(16)} ${countEnds(list)}\n`);
process.stdout.write(
  `${requested.length} orders, ${attempts} calls: ${bound} bound, ${inReview} for a person, ` +
    `${Object.entries(wrong)
      .map(([name, list]) => `${list.length} ${name}`)
      .join(", ")}\n`,
);
const allKept = rows.flatMap(({ kept }) => kept);
const keptP99 = percentile(allKept, 99);
process.stdout.write(
  `${allKept.length} kept reads: p50 ${percentile(allKept, 50).toFixed(1)} ms, p99 ${keptP99.toFixed(1)} ms\n`,
);
const [first] = rows;
const peakOf = (some: readonly Usage[]): number => Math.max(...some.map(({ resident }) => resident));
const half = Math.ceil(rows.length / 2);
const peaks = { first: peakOf(rows.slice(0, half)), second: peakOf([...rows.slice(half), last]) };
const faults = [
  ...Object.values(wrong).flat(),
  ...rows.flatMap(({ name, undeclared }) =>
    undeclared.map(({ status, code, path }) => `${name}: ${status} ${code} ${path}`),
  ),
  ...rows
    .map(({ name, kept }) => ({ name, p99: percentile(kept, 99) }))
    .filter(({ p99 }) => p99 > goals.keptP99OfPhase)
    .map(({ name, p99 }) => `${name}: p99 ${p99.toFixed(0)} ms`),
  ...(keptP99 > goals.keptP99 ? [`kept reads: p99 ${keptP99.toFixed(0)} ms`] : []),
  ...rows
    .filter(({ stallMs }) => stallMs > goals.stallMs)
    .map(({ name, stallMs }) => `${name}: stalled ${stallMs.toFixed(0)} ms`),
  ...(first !== undefined && last.inUse - first.inUse > goals.inUseGrowth
    ? [`megabytes in use ${first.inUse.toFixed(0)} → ${last.inUse.toFixed(0)}`]
    : []),
  ...(rows.length > 3 && peaks.second - peaks.first > goals.residentGrowth
    ? [`resident megabytes ${peaks.first.toFixed(0)} → ${peaks.second.toFixed(0)}`]
    : []),
  ...(first !== undefined && last.descriptors - first.descriptors > goals.descriptorGrowth
    ? [`descriptors ${first.descriptors} → ${last.descriptors}`]
    : []),
];
process.stdout.write(
  faults.length === 0 ? "every promise held\n" : `${faults.map((fault) => `not held: ${fault}`).join("\n")}\n`,
);
await dashboard.close();
await databaseWay?.close();
await postgres?.close();
await network.close();
await holding.close();
await targets.close();
await emulator.close();
process.exit(faults.length === 0 ? 0 : 1);
