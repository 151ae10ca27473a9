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

/** The calls by which something is written, becomes durable or leaves: at each of them a server may end or fall asleep. */
export const steps = ["pwrite64", "fsync", "fdatasync", "connect", "writev"] as const;
export type Step = (typeof steps)[number];

/** When the signal comes: at the call number `at` (from 1) of a kind, for which strace is needed, or after the click. */
export type Moment = { readonly step: Step; readonly at: number } | { readonly afterMs: number };

export interface RunOptions {
  readonly program: string;
  /** A data directory that a server has made and left in order. */
  readonly template: string;
  readonly target: string;
  readonly moment: Moment;
  /** `SIGSTOP`: asleep until every window is over, then awake again. */
  readonly signal: "SIGKILL" | "SIGSTOP";
  readonly createAnswer: "null" | "with-id";
}

export interface RunResult extends Judgement {
  readonly state: string;
  /** Whether the server came as far as the moment. */
  readonly isHit: boolean;
  /** The calls until the signal, or until the end; empty without strace. */
  readonly calls: readonly Step[];
}

/** Longer than the validity of a signature and the index lag together. */
export const sleepMs = scaled.signatureValidityMs + scaled.indexLagMs + 300;
const settleLimitMs = 8 * 60_000;

/** One submission with sign-in data, from the click to its end, of a server that ends or falls asleep at a moment of it. */
export async function runSubmission(options: RunOptions): Promise<RunResult> {
  const { program, template, target, moment, signal, createAnswer } = options;
  const place = mkdtempSync(join(tmpdir(), "wsc-life-"));
  const dataDirectory = join(place, "data");
  cpSync(template, dataDirectory, { recursive: true });
  rememberWholeMemos(dataDirectory);
  const trace = join(place, "trace");
  const emulator = await createEmulator({
    accessKey,
    secretKey,
    scanner: idleScanner,
    paceMs: 0,
    createAnswer,
    signatureValidityMs: scaled.signatureValidityMs,
  });
  const proxy = await startHoldingProxy(emulator.port);
  const environment = {
    WSC_SIGNATURE_VALIDITY_MS: String(scaled.signatureValidityMs),
    WSC_INDEX_LAG_MS: String(scaled.indexLagMs),
    WSC_RECONCILE_STEP_MS: String(scaled.reconcileStepMs),
    WSC_UPSTREAM_TIMEOUT_MS: String(scaled.upstreamTimeoutMs),
    WSC_DISPATCH_TICK_MS: "20",
    WSC_CREATE_SPACING_MS: "20",
  };
  const common = { program, dataDirectory, upstreamUrl: proxy.origin, environment };
  const tracer =
    "step" in moment
      ? [
          ...["strace", "-D", "-f", "-o", trace, "-e", `trace=${steps.join(",")}`],
          ...["-e", `inject=${moment.step}:signal=${signal}:when=${moment.at}`],
        ]
      : [];
  let child: ChildBff = startChild({ ...common, tracer });
  let isHit = false;
  let over = false;
  let clicked = (): void => {};
  const click = new Promise<void>((resolve) => {
    clicked = resolve;
  });
  const isStopped = (): boolean =>
    existsSync(trace) && readFileSync(trace, "utf8").includes("--- stopped by SIGSTOP ---");
  const watch = (async () => {
    if ("afterMs" in moment) {
      await click;
      await pause(moment.afterMs);
      child.signal(signal);
    }
    if (signal === "SIGKILL") {
      await child.ended;
      if (over) return;
      child = startChild(common);
    } else {
      while ("step" in moment && !isStopped()) {
        if (over) return;
        await pause(10);
      }
      await pause(sleepMs);
      child.signal("SIGCONT");
    }
    isHit = true;
  })();
  const key = randomUUID();
  const deadline = Date.now() + settleLimitMs;
  const persist = async (method: string, path: string, body?: unknown): Promise<Submission> => {
    while (Date.now() < deadline) {
      const answer = await child.ask(method, path, body, key).catch(() => null);
      if (answer !== null && answer.status < 300) return answer.json.submission as Submission;
      await pause(20);
    }
    throw new Error(`no answer to ${method} ${path}:\n${child.lines.join("\n")}`);
  };

  try {
    const memo = "step" in moment ? `life ${moment.step} ${moment.at}` : `life ${moment.afterMs} ms`;
    const taken = await persist("POST", "/api/jobs", {
      startUrl: target,
      memo,
      consent: { textVersion: "1", accepted: true },
      signIn: { kind: "headers", headers: { Cookie: "SID=life" } },
    });
    clicked();
    let submission = taken;
    while (!isSettled(submission.state) && submission.state !== "NEEDS_REVIEW" && Date.now() < deadline) {
      await pause(20);
      submission = await persist("GET", `/api/submissions/${taken.id}`);
    }
    // One that sleeps after its end has to wake up again.
    if ("afterMs" in moment) await watch;
    await proxy.drained();
    await pause(50);
    const request = { id: taken.id, memo, dueAt: Date.parse(taken.dueAt) };
    const shown = await persist("GET", `/api/submissions/${taken.id}`);
    const judgement = judge([request], [shown], await jobsOf(emulator), emulator, proxy.seen);
    const lines = existsSync(trace) ? readFileSync(trace, "utf8").split("\n") : [];
    const calls = lines.flatMap((line) => steps.find((step) => line.includes(` ${step}(`)) ?? []);
    return { ...judgement, state: shown.state, isHit, calls };
  } finally {
    over = true;
    clicked();
    await child.kill();
    await watch;
    await child.kill();
    await proxy.close();
    await emulator.close();
    rmSync(place, { recursive: true, force: true });
  }
}

/**
 * A moment for every step of a life that nothing disturbs. Of the writes of one transaction the first is enough: until the last
 * of them is there, a database that is opened again has none.
 */
export async function momentsOf(options: Omit<RunOptions, "moment" | "signal">): Promise<Moment[]> {
  const { calls } = await runSubmission({ ...options, signal: "SIGKILL", moment: { step: "connect", at: 10_000 } });
  return calls.flatMap((step, index) => {
    if (step === "pwrite64" && calls[index - 1] === "pwrite64") return [];
    return { step, at: calls.slice(0, index + 1).filter((call) => call === step).length };
  });
}

/** A few at a time. */
export async function liveAll(
  options: Omit<RunOptions, "moment">,
  moments: readonly Moment[],
  sideBySide: number,
): Promise<{ readonly moment: Moment; readonly life: RunResult }[]> {
  const lives: { moment: Moment; life: RunResult }[] = [];
  const left = [...moments];
  await Promise.all(
    Array.from({ length: sideBySide }, async () => {
      for (let moment = left.shift(); moment !== undefined; moment = left.shift()) {
        lives.push({ moment, life: await runSubmission({ ...options, moment }) });
      }
    }),
  );
  return lives;
}
