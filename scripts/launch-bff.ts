import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { startProcess, stopProcess } from "./processes.mjs";
import { Refusal } from "./step.mjs";
import { nodeBinary, root } from "./toolchain.mjs";

export interface LaunchedBff {
  readonly pid: number;
  /** All lines of standard output and standard error so far. */
  readonly lines: readonly string[];
  /** Settles when the process has ended, for any reason. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

export interface LaunchOptions {
  /** The whole environment of the process. */
  readonly env: NodeJS.ProcessEnv;
  /** Where it listens, for the readiness check: `http://127.0.0.1:3000`. */
  readonly origin: string;
  readonly onLine?: (line: string) => void;
  /** Runs the sources, and restarts whenever one of them changes, instead of the build. */
  readonly watch?: boolean;
  /** Timeout until `/readyz` returns 200. */
  readonly readyTimeoutMs?: number;
}

const built = join(root, "apps", "bff", "dist", "main.js");
const source = join(root, "apps", "bff", "src", "main.ts");
const preload = new URL("./exit-with-parent.mjs", import.meta.url).href;

/** Starts the BFF, as in production unless `watch` is set, waits until it is ready, and ends it with this process. */
export async function launchBff(options: LaunchOptions): Promise<LaunchedBff> {
  const [program, watching] = options.watch === true ? [source, ["--watch", "--watch-preserve-output"]] : [built, []];
  const child = startProcess(nodeBinary(), [...watching, "--import", preload, program], {
    cwd: root,
    env: options.env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      options.onLine?.(line);
    });
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve(code));
  });
  const stop = async (): Promise<void> => {
    await stopProcess(child);
    await ended;
  };
  const isReady = await Promise.race([
    untilReady(options.origin, options.readyTimeoutMs ?? 180_000),
    ended.then(() => false),
  ]);
  if (!isReady) {
    await stop();
    throw new Refusal("The BFF did not become ready.", lines.join("\n"));
  }
  return { pid: child.pid ?? 0, lines, ended, stop };
}

async function untilReady(origin: string, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(10_000) }).catch(() => null);
    await answer?.arrayBuffer().catch(() => null);
    if (answer?.status === 200) return true;
    await wait(50);
  }
  return false;
}

/** A key in the form of `WSC_ENCRYPTION_KEYS`: 32 random bytes in base64. */
export function randomEncryptionKey(): string {
  return randomBytes(32).toString("base64");
}

/** A key id or secret for the emulator, in the real format: 40 hexadecimal digits. */
export function randomApiKey(): string {
  return randomBytes(20).toString("hex");
}
