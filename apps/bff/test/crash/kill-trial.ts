import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isSettled, type Submission } from "@wsc-dashboard/wsc-core";
import { createEmulator, type EmulatorSettingsPatch, type JobSeed } from "@wsc-dashboard/wsc-emulator";
import BetterSqlite from "better-sqlite3";
import { verifyAuditChain } from "../../src/audit/verify-audit.ts";
import { createKeyRing } from "../../src/database/keys.ts";
import { openDatabaseForReading } from "../../src/database/open-database.ts";
import { accessKey, type ChildBff, encryptionKey, secretKey, startChild } from "./child-bff.ts";
import { faultsOf, holdOf, maxWorkMs, scaled } from "./fault-mix.ts";
import { idleScanner, type Judgement, jobsOf, judge, type RequestedSubmission } from "./gateway-truth.ts";
import { startHoldingProxy } from "./holding-proxy.ts";
import { rememberWholeMemos } from "./known-account.ts";
import { randomSource } from "./random-source.ts";
import { findReviewsWithoutCause } from "./review-causes.ts";

export interface KillTrialOptions {
  readonly seed: number;
  readonly program: string;
  /** As many different hosts as there are submissions. */
  readonly targets: readonly string[];
  readonly kills?: number;
  /** SIGSTOP: the server is paused, mostly longer than every window, and continues. */
  readonly signal?: "SIGKILL" | "SIGSTOP";
  /** How the gateway responds; by default as documented. */
  readonly dialect?: keyof typeof crashDialects;
  /** Settings that override the scaled ones, to show that the trial can fail. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface KillTrialResult extends Judgement {
  readonly seed: number;
  readonly kills: number;
  readonly requested: number;
  readonly calls: number;
  /** Need review without any cause that the rules name. */
  readonly uncaused: readonly string[];
  readonly auditIntact: boolean;
  readonly ms: number;
  /** The servers' last log lines, when something went wrong. */
  readonly trace: readonly string[];
}

/** Gateway variants for trials, with the number of foreign jobs in the account. */
export const crashDialects = {
  documented: { settings: {}, olderJobs: 0 },
  /** Once led to a second job: the newest job is on the last page, and no search finds it by its token. */
  "oldest-first-exact-search": {
    settings: { listOrder: "oldest-first", keywordMatch: "whole", pageSizeCap: 20 },
    olderJobs: 60,
  },
} as const satisfies Record<string, { readonly settings: EmulatorSettingsPatch; readonly olderJobs: number }>;

/** Finished foreign jobs, an hour apart, the oldest first. */
const olderJobs = (count: number): JobSeed[] =>
  Array.from({ length: count }, (_, index) => {
    const startedAt = Date.now() - (count - index) * 3_600_000;
    const [start, end] = [startedAt, startedAt + 60_000].map((at) => new Date(at).toISOString());
    return {
      ...{ startUrl: "https://older.example.com/", status: 4, memo: `older ${index}` },
      ...{ startedAt: start, endedAt: end },
    } as JobSeed;
  });

const settleLimitMs = 20 * 60_000;
/** After this time the gateway has no faults, so that a busy machine does not prolong them for ever. */
const healAfterMs = 20_000;
/** Nothing listens there: nothing can be claimed, since the gateway's time is not known. */
const deadUpstream = "http://127.0.0.1:9";

/**
 * One trial: a submission for every target, half of them reserved for a later time, while the server is killed repeatedly at
 * moments drawn from the seed, the gateway fails, and the network holds calls back. The seed determines the plan, not how long
 * the machine takes for each step.
 */
export async function runKillTrial({
  seed,
  program,
  targets,
  kills = 6,
  signal = "SIGKILL",
  dialect = "documented",
  environment = {},
}: KillTrialOptions): Promise<KillTrialResult> {
  const startedAt = Date.now();
  const random = randomSource(seed);
  const holds = randomSource(seed ^ 0x5bd1e995);
  const dataDirectory = mkdtempSync(join(tmpdir(), "wsc-kill-"));
  const emulator = await createEmulator({
    accessKey,
    secretKey,
    scanner: idleScanner,
    // With 0 a job ends at once, so that only the dashboard prevents a second one.
    paceMs: random.next() < 0.7 ? 0 : 3_600_000,
    queueLimit: 1000,
    signatureValidityMs: scaled.signatureValidityMs,
    searchLagMs: random.whole(0, 250),
    createAnswer: random.next() < 0.5 ? "null" : "with-id",
    ...crashDialects[dialect].settings,
  });
  emulator.control.addJobs(olderJobs(crashDialects[dialect].olderJobs));
  for (const fault of faultsOf(random)) emulator.control.addFault(fault);
  const proxy = await startHoldingProxy(emulator.port, () => holdOf(holds));
  const settings = {
    WSC_SIGNATURE_VALIDITY_MS: String(scaled.signatureValidityMs),
    WSC_INDEX_LAG_MS: String(scaled.indexLagMs),
    WSC_RECONCILE_STEP_MS: String(scaled.reconcileStepMs),
    WSC_UPSTREAM_TIMEOUT_MS: String(scaled.upstreamTimeoutMs),
    WSC_DISPATCH_TICK_MS: "30",
    WSC_CREATE_SPACING_MS: "20",
    ...environment,
  };
  const starts: number[] = [];
  const launch = (upstreamUrl: string): ChildBff => {
    starts.push(Date.now());
    return startChild({ program, dataDirectory, upstreamUrl, environment: settings });
  };
  const trace: string[] = [];
  let child = launch(deadUpstream);
  let over = false;

  async function endChild(): Promise<void> {
    await child.kill();
    trace.push(...child.lines, "--- killed");
  }

  /** Calls the current server until one responds: a browser that retries with the same key. */
  async function persist(method: string, path: string, body?: unknown, key?: string): Promise<{ json: unknown }> {
    while (!over) {
      // Asking a server that does not listen yet would cost more than its start.
      const current = child;
      await Promise.race([current.listening.catch(() => {}), current.ended]);
      const answer = await current.ask(method, path, body, key).catch(() => null);
      if (answer !== null && answer.status < 300) return answer;
      if (answer !== null && answer.status < 500) throw new Error(`${method} ${path}: ${JSON.stringify(answer.json)}`);
      await pause(15);
    }
    throw new Error("the trial is over");
  }
  const submit = async (startUrl: string, number: number): Promise<{ id: string; memo: string; dueAt: number }> => {
    const memo = `trial ${seed} ${number}`;
    const request = { startUrl, memo, consent: { textVersion: "1", accepted: true } };
    const answer = (await persist("POST", "/api/jobs", request, randomUUID())) as { json: { submission: Submission } };
    return { id: answer.json.submission.id, memo, dueAt: Date.parse(answer.json.submission.dueAt) };
  };

  try {
    await child.listening;
    const reserved = targets.slice(0, targets.length / 2);
    const requested: RequestedSubmission[] = await Promise.all(reserved.map((target, index) => submit(target, index)));
    await endChild();
    // Sets a due time in milliseconds, which no form allows.
    const file = new BetterSqlite(join(dataDirectory, "wsc-dashboard.sqlite"));
    const due = file.prepare("update submission set due_at = ?, next_at = ? where id = ? and state = 'SCHEDULED'");
    for (const [index, request] of requested.entries()) {
      const dueAt = Date.now() + random.whole(300, 5000);
      if (due.run(dueAt, dueAt, request.id).changes !== 1) throw new Error(`${request.memo} was not waiting`);
      requested[index] = { ...request, dueAt };
    }
    file.close();
    rememberWholeMemos(dataDirectory);

    child = launch(proxy.origin);
    const rest = targets.slice(reserved.length).map(async (target, index) => {
      await pause(random.whole(0, 3000));
      requested.push(await submit(target, reserved.length + index));
    });
    for (let kill = 1; kill < kills; kill += 1) {
      const moment = random.weighted([
        [3, "any"],
        [3, "call"],
        [3, "answer"],
        [1, "start"],
      ] as const);
      if (moment === "start") await pause(random.whole(20, 350));
      else {
        await child.listening;
        if (moment === "any") await pause(random.whole(0, 900));
        if (moment === "call") await proxy.nextCreate(1200);
        if (moment === "answer") await proxy.nextAnswer(1200);
        if (moment !== "any" && random.next() < 0.7) await pause(random.whole(0, 8));
      }
      if (signal === "SIGSTOP") {
        await child.listening;
        child.signal("SIGSTOP");
        await pause(random.whole(scaled.signatureValidityMs / 2, 2 * scaled.signatureValidityMs));
        child.signal("SIGCONT");
        continue;
      }
      await endChild();
      emulator.control.changeSettings({ createAnswer: random.next() < 0.5 ? "null" : "with-id" });
      child = launch(proxy.origin);
    }
    await child.listening;
    await Promise.all(rest);

    const list = async (): Promise<Submission[]> =>
      ((await persist("GET", "/api/submissions?limit=500")) as { json: { submissions: Submission[] } }).json
        .submissions;
    const deadline = Date.now() + settleLimitMs;
    const isAtRest = ({ state }: Submission): boolean => isSettled(state) || state === "NEEDS_REVIEW";
    const heal = setTimeout(() => emulator.control.clearFaults(), healAfterMs);
    while (!(await list()).every(isAtRest) && Date.now() < deadline) await pause(150);
    clearTimeout(heal);
    // Calls that the network still holds arrive now; none may create a second job.
    await proxy.drained();
    await pause(maxWorkMs);
    emulator.control.clearFaults();
    const judgement = judge(requested, await list(), await jobsOf(emulator), emulator, proxy.seen);
    await endChild();

    const database = await openDatabaseForReading({ databaseUrl: null, dataDirectory });
    const verdict = await verifyAuditChain(database.db, createKeyRing([Buffer.from(encryptionKey, "base64")]));
    const uncaused = await findReviewsWithoutCause(database.db, starts);
    await database.close();
    const { doubled, lost, early, untrue, unrecorded } = judgement;
    const isClean =
      verdict.intact && [doubled, lost, early, untrue, unrecorded, uncaused].every((faults) => faults.length === 0);
    return {
      ...judgement,
      seed,
      kills,
      requested: requested.length,
      calls: proxy.seen.length,
      uncaused,
      auditIntact: verdict.intact,
      ms: Date.now() - startedAt,
      trace: isClean ? [] : trace,
    };
  } finally {
    over = true;
    await child.kill();
    await proxy.close();
    await emulator.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

export interface KillTrialSum {
  readonly runs: number;
  readonly submissions: number;
  readonly kills: number;
  readonly calls: number;
  readonly bound: number;
  readonly inReview: number;
  readonly reviewReasons: Readonly<Record<string, number>>;
  readonly doubled: readonly string[];
  readonly lost: readonly string[];
  readonly early: readonly string[];
  readonly untrue: readonly string[];
  readonly unrecorded: readonly string[];
  readonly uncaused: readonly string[];
  readonly brokenAudits: number;
}

/** Runs trials with the seeds `firstSeed`, `firstSeed + 1`, …, a few in parallel. Each gets `targetsEach` of the targets. */
export async function runKillTrials(
  options: Omit<KillTrialOptions, "seed">,
  { firstSeed, runs, sideBySide }: { firstSeed: number; runs: number; sideBySide: number },
  onResult: (result: KillTrialResult) => void = () => {},
): Promise<KillTrialSum> {
  const results: KillTrialResult[] = [];
  let started = 0;
  await Promise.all(
    Array.from({ length: Math.min(sideBySide, runs) }, async () => {
      while (started < runs) {
        const seed = firstSeed + started;
        started += 1;
        const result = await runKillTrial({ ...options, seed });
        results.push(result);
        onResult(result);
      }
    }),
  );
  const sum = (pick: (result: KillTrialResult) => number): number =>
    results.reduce((total, result) => total + pick(result), 0);
  const all = (pick: (result: KillTrialResult) => readonly string[]): string[] =>
    results.flatMap((result) => pick(result).map((fault) => `seed ${result.seed}: ${fault}`));
  const reviewReasons: Record<string, number> = {};
  for (const [code, count] of results.flatMap((result) => Object.entries(result.reviewReasons)))
    reviewReasons[code] = (reviewReasons[code] ?? 0) + count;
  return {
    runs: results.length,
    submissions: sum(({ requested }) => requested),
    kills: sum(({ kills }) => kills),
    calls: sum(({ calls }) => calls),
    bound: sum(({ bound }) => bound),
    inReview: sum(({ inReview }) => inReview),
    reviewReasons,
    doubled: all(({ doubled }) => doubled),
    lost: all(({ lost }) => lost),
    early: all(({ early }) => early),
    untrue: all(({ untrue }) => untrue),
    unrecorded: all(({ unrecorded }) => unrecorded),
    uncaused: all(({ uncaused }) => uncaused),
    brokenAudits: results.filter(({ auditIntact }) => !auditIntact).length,
  };
}
