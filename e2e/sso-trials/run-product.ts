import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { startProcess, stopProcess } from "../../scripts/processes.mjs";

const startMs = 30_000;

/** What a program says when it is asked for its version; `null` when it is not there. */
export function versionOf(program: string, words: readonly string[]): string | null {
  if (!existsSync(program)) return null;
  // nginx writes it to standard error.
  const text = execFileSync("/bin/sh", ["-c", '"$0" "$@" 2>&1', program, ...words], { encoding: "utf8" });
  return /\d+\.\d+(?:\.\d+)*/.exec(text)?.[0] ?? null;
}

export interface RunOptions {
  /** Where it answers once it is ready. */
  readonly origin: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Ends what the product needs, with it or when it does not start. */
  readonly closeRest: () => Promise<void>;
}

/** Starts a product in the foreground and waits until it answers. Rejects with what it said when it does not. */
export async function runProduct(
  program: string,
  words: readonly string[],
  { origin, environment = {}, closeRest }: RunOptions,
): Promise<() => Promise<void>> {
  const child = startProcess(program, words, {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += String(chunk)));
  let hasEnded = false;
  const ended = once(child, "exit").then(() => (hasEnded = true));
  const deadline = Date.now() + startMs;
  for (;;) {
    if (hasEnded || Date.now() > deadline) {
      await stopProcess(child);
      await closeRest();
      throw new Error(`${program} did not start: ${said}`);
    }
    const answer = await fetch(origin, { redirect: "manual" }).catch(() => null);
    await answer?.arrayBuffer();
    if (answer !== null) break;
    await wait(50);
  }
  return async () => {
    await stopProcess(child);
    await ended;
    await closeRest();
  };
}
