/**
 * Three replicas on PostgreSQL behind HAProxy (Debian: haproxy), restarted one after the other while people work:
 * `npm run trial:replicas [--people 20] [--rounds 2]`. Exits with 1 when a request was lost, a job was ordered twice or not at
 * all, a session ended or events stopped. Not part of `npm test`.
 */
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startLocalIdp } from "@wsc-dashboard/local-idp";
import { createEmulator } from "@wsc-dashboard/wsc-emulator";
import { Visitor } from "../apps/bff/test/identity/visitor.ts";
import { openTargets } from "../apps/bff/test/open-targets.ts";
import { startPostgres } from "../apps/bff/test/start-postgres.ts";
import { runProduct, versionOf } from "../e2e/sso-trials/run-product.ts";
import { build } from "./build.ts";
import { freePort } from "./free-port.ts";
import { type LaunchedBff, launchBff, randomApiKey, randomEncryptionKey } from "./launch-bff.ts";
import { onStopRequest, stopAllProcesses } from "./processes.mjs";
import { describeFailure, Refusal, step } from "./step.mjs";
import { root } from "./toolchain.mjs";

const program = "/usr/sbin/haproxy";
const replicaNames = ["a", "b", "c"];
const pauseMs = 100;
const answerLimitMs = 60_000;
const maxJobs = 300;
const bindLimitMs = 240_000;
const betweenRestartsMs = 3_000;
/** Number of people who also follow events. */
const followers = 5;

const { values } = parseArgs({
  options: { people: { type: "string", default: "20" }, rounds: { type: "string", default: "2" } },
});
const people = Number(values.people);
const rounds = Number(values.rounds);

const ownHeaders = { "X-WSC-Request": "1", "Sec-Fetch-Site": "same-origin" };

interface Work {
  /** Targets without a job so far. */
  readonly targets: string[];
  requests: number;
  readonly failures: string[];
  readonly waits: number[];
  readonly submissions: string[];
  eventStreams: number;
}

async function ask(visitor: Visitor, work: Work, path: string, init: RequestInit = {}): Promise<string | null> {
  const startedAt = performance.now();
  work.requests += 1;
  try {
    const { response } = await visitor.open(`${visitor.origin}${path}`, undefined, {
      ...init,
      headers: { ...ownHeaders, ...init.headers },
      signal: AbortSignal.timeout(answerLimitMs),
    });
    const text = await response.text();
    work.waits.push(performance.now() - startedAt);
    if (response.ok) return text;
    work.failures.push(`${init.method ?? "GET"} ${path}: ${response.status} ${text.slice(0, 120)}`);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    work.failures.push(`${init.method ?? "GET"} ${path}: ${String(cause)}`);
  }
  return null;
}

/** Reads pages and sometimes orders a job, until it is told to stop. */
async function workAs(person: number, visitor: Visitor, work: Work, isOver: () => boolean): Promise<void> {
  const { targets } = work;
  for (let turn = 0; !isOver(); turn += 1) {
    await ask(visitor, work, "/api/jobs?page=1");
    await ask(visitor, work, "/api/session");
    await ask(visitor, work, "/api/submissions");
    if (turn % 10 === person % 10 && targets.length > 0) {
      const text = await ask(visitor, work, "/api/jobs", {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": randomUUID() },
        body: JSON.stringify({
          startUrl: targets.pop(),
          consent: { textVersion: "1", accepted: true },
        }),
      });
      if (text !== null) work.submissions.push(JSON.parse(text).submission.id);
    }
    await wait(pauseMs);
  }
}

/** Follows events as a page does: reconnects when a stream ends, and expects an event each time. */
async function follow(visitor: Visitor, work: Work, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), answerLimitMs);
    try {
      const { response } = await visitor.open(`${visitor.origin}/api/events`, undefined, {
        headers: { ...ownHeaders, Accept: "text/event-stream" },
        signal: stop.signal,
      });
      const reader = response.body?.getReader();
      const first = await reader?.read();
      clearTimeout(limit);
      if (!response.ok || first?.value === undefined) {
        work.failures.push(`events: ${response.status}`);
        continue;
      }
      work.eventStreams += 1;
      while (!isOver() && (await reader?.read())?.done === false);
    } catch (error) {
      if (stop.signal.aborted) work.failures.push(`events: ${String(error)}`);
    } finally {
      clearTimeout(limit);
      stop.abort();
    }
  }
}

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);

interface Trial {
  readonly origin: string;
  readonly targets: readonly string[];
  readonly creates: () => number;
  start(name: string): Promise<void>;
  stop(name: string): Promise<void>;
  close(): Promise<void>;
}

/** The shipped configuration with the ports of this trial. */
function configure(port: number, ports: ReadonlyMap<string, number>): string {
  let text = readFileSync(join(root, "docs", "examples", "haproxy.cfg"), "utf8").replace(":8080", `:${port}`);
  for (const [index, name] of replicaNames.entries()) text = text.replace(`:300${index + 1}`, `:${ports.get(name)}`);
  return text;
}

/** Everything but the people: provider, emulator, PostgreSQL, three replicas and the proxy. */
async function startTrial(): Promise<Trial> {
  const directory = mkdtempSync(join(tmpdir(), "wsc-replicas-"));
  const keys = { accessKey: randomApiKey(), secretKey: randomApiKey() };
  const emulator = await createEmulator({ ...keys, seed: true, paceMs: 3_600_000, queueLimit: 10_000 });
  const postgres = await startPostgres();
  const targets = await openTargets(maxJobs);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const idp = await startLocalIdp(origin);
  const ports = new Map<string, number>();
  for (const name of replicaNames) ports.set(name, await freePort());
  const common = {
    ...idp.settings,
    HOST: "127.0.0.1",
    WSC_UPSTREAM: "custom",
    WSC_UPSTREAM_URL: emulator.origin,
    WSC_ACCESS_KEY: keys.accessKey,
    WSC_SECRET_KEY: keys.secretKey,
    WSC_ENCRYPTION_KEYS: randomEncryptionKey(),
    WSC_DATABASE_URL: await postgres.createDatabase(),
    WSC_ALLOW_NON_BROWSER: "true",
    WSC_CREATE_SPACING_MS: "0",
    WSC_BUDGET_PER_DAY: "0",
    WSC_BUDGET_PER_USER_HOUR: "0",
    WSC_ALLOW_PRIVATE_TARGETS: "true",
    // What was due before the last start of every replica is looked for first, which takes seven minutes by default.
    WSC_SIGNATURE_VALIDITY_MS: "10000",
    WSC_INDEX_LAG_MS: "1000",
    WSC_RECONCILE_STEP_MS: "1000",
    // More than HAProxy takes to notice: two checks, one second apart.
    WSC_STOP_DELAY_MS: "4000",
  };
  const replicas = new Map<string, LaunchedBff>();
  const start = async (name: string): Promise<void> => {
    const own = String(ports.get(name));
    const env = { ...common, PORT: own, WSC_DATA_DIR: join(directory, name) };
    replicas.set(name, await launchBff({ origin: `http://127.0.0.1:${own}`, env }));
  };
  for (const name of replicaNames) await start(name);
  const file = join(directory, "haproxy.cfg");
  writeFileSync(file, configure(port, ports));
  const stopProxy = await runProduct(program, ["-db", "-f", file], { origin, closeRest: async () => {} });
  return {
    origin,
    targets: targets.urls,
    creates: () => emulator.control.requests().filter(({ operation }) => operation === "createJob").length,
    start,
    stop: async (name) => replicas.get(name)?.stop(),
    async close() {
      await Promise.all([...replicas.values()].map((replica) => replica.stop()));
      await stopProxy();
      targets.close();
      await Promise.all([postgres.close(), emulator.close(), idp.close()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const isOpen = (state: string): boolean => !["BOUND", "FAILED", "REJECTED", "CANCELLED"].includes(state);

/** Waits until every submission is settled; returns how many ended in which state. */
async function countStates(visitor: Visitor, work: Work): Promise<ReadonlyMap<string, number>> {
  const states = new Map<string, number>();
  const deadline = Date.now() + bindLimitMs;
  for (const id of work.submissions) {
    let state = "";
    do {
      const text = await ask(visitor, work, `/api/submissions/${id}`);
      state = text === null ? "unknown" : JSON.parse(text).submission.state;
      if (isOpen(state)) await wait(200);
    } while (isOpen(state) && Date.now() < deadline);
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return states;
}

/** Restarts each replica, one after the other; returns how long each took to end, in milliseconds. */
async function restartAll(trial: Trial): Promise<number[]> {
  const stops: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const name of replicaNames) {
      await wait(betweenRestartsMs);
      const stoppedAt = performance.now();
      await trial.stop(name);
      stops.push(performance.now() - stoppedAt);
      await trial.start(name);
    }
  }
  await wait(betweenRestartsMs);
  return stops;
}

async function run(): Promise<void> {
  const version = versionOf(program, ["-v"]);
  if (version === null) throw new Refusal("Left out: HAProxy is not installed (Debian: haproxy).");
  await step("build", build, (detail) => ({ detail }));
  const trial = await step("start", startTrial);
  try {
    const work: Work = {
      targets: [...trial.targets],
      requests: 0,
      failures: [],
      waits: [],
      submissions: [],
      eventStreams: 0,
    };
    const visitors = Array.from({ length: people }, () => new Visitor(trial.origin));
    for (const visitor of visitors) await visitor.signIn("operator");
    let isDone = false;
    const isOver = (): boolean => isDone;
    const working = visitors.map((visitor, person) => workAs(person, visitor, work, isOver));
    const following = visitors.slice(0, followers).map((visitor) => follow(visitor, work, isOver));
    const stops = await restartAll(trial);
    isDone = true;
    await Promise.all(working);
    const states = await countStates(visitors[0] ?? new Visitor(trial.origin), work);
    const { length: lost } = work.failures;
    // Streams end with the replica that serves them.
    for (const name of replicaNames) await trial.stop(name);
    await Promise.all(following);
    const waits = work.waits.toSorted((one, other) => one - other);
    const ended = [...states].map(([state, count]) => `${count} ${state}`).join(", ");
    const lines = [
      `HAProxy ${version}, ${replicaNames.length} replicas, ${people} people, ${stops.length} restarts (each ended within ${Math.max(...stops).toFixed(0)} ms)`,
      `${work.requests} requests, ${lost} lost; ms: median ${quantile(waits, 0.5)}, p99 ${quantile(waits, 0.99)}, longest ${quantile(waits, 1)}`,
      `${work.submissions.length} jobs ordered, ${trial.creates()} createJob calls; ${ended}`,
      `${work.eventStreams} streams of events, followed by ${following.length} people`,
      ...work.failures.slice(0, 10).map((failure) => `  ${failure}`),
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
    const bound = states.get("BOUND") ?? 0;
    const holds = lost === 0 && bound > 0 && bound === work.submissions.length && trial.creates() === bound;
    process.exitCode = holds ? 0 : 1;
  } finally {
    await trial.close();
  }
}

onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));
try {
  await run();
} catch (error) {
  process.stderr.write(describeFailure(error));
  // Processes started before the failure would keep this one alive.
  await stopAllProcesses();
  process.exit(1);
}
