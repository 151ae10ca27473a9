import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isBuilt } from "../../../scripts/build.ts";
import { accessKey, secretKey } from "./start-bff.ts";

export interface Program {
  readonly pid: number;
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

/** The built files start in a third of the time; the sources run when they have changed since. */
const [folder, ending] = (await isBuilt("bff")) ? ["dist", "js"] : ["src", "ts"];
const fileOf = (name: string): string => fileURLToPath(new URL(`../${folder}/${name}.${ending}`, import.meta.url));
const preload = new URL("../../../scripts/exit-with-parent.mjs", import.meta.url).href;

/** Settings with which both programs start; nothing listens at the upstream. */
export const programEnvironment: Readonly<Record<string, string>> = {
  NODE_ENV: "development",
  HOST: "127.0.0.1",
  PORT: "0",
  WSC_AUTH_MODE: "dev",
  WSC_UPSTREAM: "custom",
  WSC_UPSTREAM_URL: "http://127.0.0.1:9",
  WSC_ACCESS_KEY: accessKey,
  WSC_SECRET_KEY: secretKey,
  WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 1).toString("base64"),
};

const { PATH, NODE_COMPILE_CACHE } = process.env;
const inherited = { PATH, NODE_COMPILE_CACHE };

/**
 * `main` or `wsc` as a process with nothing else in its environment; it never outlives the test. Without `WSC_DATA_DIR` it has a
 * temporary directory, which is removed with it.
 */
export function startProgram(
  name: "main" | "wsc",
  environment: Readonly<Record<string, string>>,
  words: readonly string[] = [],
): Program {
  const ownDirectory = environment.WSC_DATA_DIR === undefined ? mkdtempSync(join(tmpdir(), "wsc-program-")) : null;
  const data = ownDirectory === null ? {} : { WSC_DATA_DIR: ownDirectory };
  const child = spawn(process.execPath, ["--import", preload, fileOf(name), ...words], {
    env: { ...inherited, ...programEnvironment, ...data, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const stdout: string[] = [];
  const stderr: string[] = [];
  createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => stdout.push(line));
  createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (line) => stderr.push(line));
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (ownDirectory !== null) rmSync(ownDirectory, { recursive: true, force: true });
      resolve(code ?? signal ?? "unknown");
    });
  });
  return { pid: child.pid ?? 0, stdout, stderr, ended, kill: (signal) => child.kill(signal) };
}

export interface Server extends Program {
  readonly port: number;
  /** Requests its end and waits for it. */
  stop(): Promise<void>;
}

/** `main`, listening. Rejects with its output when it ends before. */
export async function startServer(environment: Readonly<Record<string, string>>): Promise<Server> {
  const program = startProgram("main", environment);
  let hasEnded = false;
  void program.ended.then(() => {
    hasEnded = true;
  });
  for (;;) {
    const line = program.stdout.find((text) => text.includes('"listening"'));
    if (line !== undefined) {
      const stop = async () => {
        program.kill("SIGTERM");
        await program.ended;
      };
      return { ...program, port: Number((JSON.parse(line) as Record<string, unknown>)["server.port"]), stop };
    }
    if (hasEnded) throw new Error(`the server ended: ${program.stderr.join("\n")}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
