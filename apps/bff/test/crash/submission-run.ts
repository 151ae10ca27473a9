import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isSettled, type Submission } from "@wsc-dashboard/wsc-core";
import { createEmulator } from "@wsc-dashboard/wsc-emulator";
import { accessKey, type ChildBff, secretKey, startChild } from "./child-bff.ts";
import { scaled } from "./fault-mix.ts";
import { idleScanner, type Judgement, jobsOf, judge } from "./gateway-truth.ts";
import { startHoldingProxy } from "./holding-proxy.ts";
import { rememberWholeMemos } from "./known-account.ts";

/** System calls by which something is written, becomes durable or is sent: the server is killed or paused at each. */
export const steps = ["pwrite64", "fsync", "fdatasync", "connect", "writev"] as const;
export type Step = (typeof steps)[number];

/** The `at`-th call (from 1) of one kind by the server's main thread, at which strace sends the signal. */
export interface TracedMoment {
  readonly step: Step;
  readonly at: number;
}
/** When the signal is sent: at a system call, which needs strace, or some time after the click. */
export type Moment = TracedMoment | { readonly afterMs: number };

export type EndingSignal = "SIGKILL" | "SIGSTOP";

/** Where submissions run one after the other: a server with its database, and a gateway. */
export interface RunPlace {
  readonly program: string;
  /** A data directory that a server has created and closed cleanly. */
  readonly template: string;
  readonly target: string;
  readonly createAnswer: "null" | "with-id";
}

export interface RunOptions {
  /** `null`: no signal. */
  readonly moment: Moment | null;
  /** `SIGSTOP`: paused until every window is over, then continued. */
  readonly signal: EndingSignal;
  /** Time from the start of the server that takes over until it is killed as well, in milliseconds. */
  readonly killAgainAfterMs?: number | undefined;
}

export interface RunResult extends Judgement {
  readonly state: string;
  /** Whether the server reached the moment. */
  readonly isHit: boolean;
  /** The main thread's system calls until the signal, or until the end; empty without strace. */
  readonly calls: readonly Step[];
}

export interface Runner {
  run(options: RunOptions): Promise<RunResult>;
  close(): Promise<void>;
}

/** Longer than the validity of a signature and the index lag together. */
export const sleepMs = scaled.signatureValidityMs + scaled.indexLagMs + 300;
const settleLimitMs = 8 * 60_000;
/** Each answer to a read is one more system call. A server is killed at as few of these as possible, since a start is costly. */
const readPauseMs = { SIGKILL: 120, SIGSTOP: 20 } as const;

const environment = {
  WSC_SIGNATURE_VALIDITY_MS: String(scaled.signatureValidityMs),
  WSC_INDEX_LAG_MS: String(scaled.indexLagMs),
  WSC_RECONCILE_STEP_MS: String(scaled.reconcileStepMs),
  WSC_UPSTREAM_TIMEOUT_MS: String(scaled.upstreamTimeoutMs),
  WSC_DISPATCH_TICK_MS: "20",
  WSC_CREATE_SPACING_MS: "20",
};

const traceArguments = (trace: string, moment: TracedMoment | null, signal: EndingSignal): string[] => [
  ...["-f", "-o", trace, "-e", `trace=${steps.join(",")}`],
  ...(moment === null ? [] : ["-e", `inject=${moment.step}:signal=${signal}:when=${moment.at}`]),
];

/** The system calls of the thread `pid` so far. */
function callsIn(trace: string, pid: number): Step[] {
  const lines = existsSync(trace) ? readFileSync(trace, "utf8").split("\n") : [];
  return lines
    .filter((line) => line.startsWith(`${pid} `))
    .flatMap((line) => steps.find((step) => line.includes(` ${step}(`)) ?? []);
}

/** How often SIGSTOP has stopped a process while it was traced. */
const countStops = (trace: string, pid: number): number =>
  !existsSync(trace)
    ? 0
    : readFileSync(trace, "utf8")
        .split("\n")
        .filter((line) => line.startsWith(`${pid} `) && line.includes("--- stopped by SIGSTOP ---")).length;

/** Whether an untraced process is stopped. strace may be detached before it has written that. */
const isPaused = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && / T /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));

interface Tracer {
  /** Detaches strace; resolves when the process runs untraced. */
  detach(): Promise<void>;
}

/** Attaches strace to a running process; resolves once no call can be missed. */
async function attach(pid: number, traced: readonly string[]): Promise<Tracer> {
  const strace = spawn("strace", [...traced, "-p", String(pid)], { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise<void>((resolve) => strace.once("close", () => resolve()));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    strace.stderr.on("data", (chunk) => {
      said += chunk;
      if (/attached/.test(said)) resolve();
    });
    void ended.then(() => reject(new Error(`strace ended: ${said}`)));
  });
  return {
    async detach() {
      strace.kill("SIGTERM");
      await ended;
    },
  };
}

/**
 * Runs submissions with target credentials, each from the click to its end, one after the other on one database; the server is
 * killed or paused at one moment of each.
 */
export async function startRunner({ program, template, target, createAnswer }: RunPlace): Promise<Runner> {
  const place = mkdtempSync(join(tmpdir(), "wsc-run-"));
  const dataDirectory = join(place, "data");
  cpSync(template, dataDirectory, { recursive: true });
  rememberWholeMemos(dataDirectory);
  const emulator = await createEmulator({
    accessKey,
    secretKey,
    scanner: idleScanner,
    paceMs: 0,
    createAnswer,
    signatureValidityMs: scaled.signatureValidityMs,
  });
  const proxy = await startHoldingProxy(emulator.port);
  const start = (): ChildBff => startChild({ program, dataDirectory, upstreamUrl: proxy.origin, environment });
  let child = start();
  let runs = 0;

  /** Sends no signal itself for a traced moment: strace does. */
  function disturb({ moment, signal, killAgainAfterMs }: RunOptions, trace: string, click: Promise<void>) {
    const progress = { isHit: false, isOver: false };
    async function replace(): Promise<void> {
      child = start();
      if (killAgainAfterMs === undefined) return;
      await pause(killAgainAfterMs);
      await child.kill();
      child = start();
    }
    async function watch(): Promise<void> {
      if (moment !== null && "afterMs" in moment) {
        await click;
        await pause(moment.afterMs);
        child.signal(signal);
      }
      if (signal === "SIGKILL") {
        await child.ended;
        if (progress.isOver) return;
        progress.isHit = true;
        await replace();
        return;
      }
      const continueLater = async (): Promise<void> => {
        await pause(sleepMs);
        child.signal("SIGCONT");
        progress.isHit = true;
      };
      if (moment !== null && "afterMs" in moment) {
        await continueLater();
        return;
      }
      // strace counts the calls of each thread, so that the server may be stopped more than once.
      for (let continued = 0; !progress.isOver; await pause(10)) {
        const stops = countStops(trace, child.pid);
        if (stops <= continued && !isPaused(child.pid)) continue;
        await continueLater();
        continued = Math.max(stops, continued);
      }
    }
    return { progress, watching: watch() };
  }

  async function run(options: RunOptions): Promise<RunResult> {
    const { moment, signal } = options;
    runs += 1;
    const trace = join(place, `trace-${runs}`);
    await child.listening;
    const { pid } = child;
    const isTraced = moment === null || "step" in moment;
    const tracer = isTraced ? await attach(pid, traceArguments(trace, moment, signal)) : null;
    const clicked = Promise.withResolvers<void>();
    const { progress, watching } = disturb(options, trace, clicked.promise);
    const key = randomUUID();
    const deadline = Date.now() + settleLimitMs;
    const persist = async (method: string, path: string, body?: unknown): Promise<Submission> => {
      while (Date.now() < deadline) {
        // Asking a server that does not listen yet would cost more than its start.
        const current = child;
        await Promise.race([current.listening.catch(() => {}), current.ended]);
        const answer = await current.ask(method, path, body, key).catch(() => null);
        if (answer !== null && answer.status < 300) return answer.json.submission as Submission;
        await pause(20);
      }
      throw new Error(`no answer to ${method} ${path}:\n${child.lines.join("\n")}`);
    };
    try {
      const memo = `run ${runs} ${moment === null ? "undisturbed" : Object.values(moment).join(" ")}`;
      const taken = await persist("POST", "/api/jobs", {
        startUrl: target,
        memo,
        consent: { textVersion: "1", accepted: true },
        signIn: { kind: "headers", headers: { Cookie: "SID=run" } },
      });
      clicked.resolve();
      const read = (): Promise<Submission> => persist("GET", `/api/submissions/${taken.id}`);
      let submission = taken;
      while (!isSettled(submission.state) && submission.state !== "NEEDS_REVIEW" && Date.now() < deadline) {
        await pause(readPauseMs[signal]);
        submission = await read();
      }
      // A server that is stopped or killed after its last response has to continue first.
      if (!isTraced) await watching;
      await tracer?.detach();
      await proxy.drained();
      await pause(50);
      const request = { id: taken.id, memo, dueAt: Date.parse(taken.dueAt) };
      const shown = await read();
      // The next run needs the remaining server.
      if (progress.isHit && signal === "SIGKILL") await watching;
      const judgement = judge([request], [shown], await jobsOf(emulator), emulator, proxy.seen);
      return { ...judgement, state: shown.state, isHit: progress.isHit, calls: isTraced ? callsIn(trace, pid) : [] };
    } finally {
      progress.isOver = true;
      clicked.resolve();
      await tracer?.detach();
    }
  }

  return {
    run,
    async close() {
      await child.kill();
      await proxy.close();
      await emulator.close();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** One moment for every call. Of the writes of one transaction the first is enough: until the last, none takes effect. */
export function momentsOf(calls: readonly Step[]): TracedMoment[] {
  return calls.flatMap((step, index) => {
    if (step === "pwrite64" && calls[index - 1] === "pwrite64") return [];
    return { step, at: calls.slice(0, index + 1).filter((call) => call === step).length };
  });
}

export interface PlannedRun extends Pick<RunOptions, "killAgainAfterMs"> {
  readonly moment: Moment;
}

/** Runs `sideBySide` places in parallel, each sequentially. */
export async function runAll(
  place: RunPlace,
  signal: EndingSignal,
  planned: readonly PlannedRun[],
  sideBySide: number,
): Promise<(PlannedRun & { readonly result: RunResult })[]> {
  const done: (PlannedRun & { readonly result: RunResult })[] = [];
  const left = [...planned];
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      const runner = await startRunner(place);
      try {
        for (let next = left.shift(); next !== undefined; next = left.shift())
          done.push({ ...next, result: await runner.run({ ...next, signal }) });
      } finally {
        await runner.close();
      }
    }),
  );
  return done;
}
