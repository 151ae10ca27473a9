import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { isBuilt } from "../../../../scripts/build.ts";

export const accessKey = "AK-crash-51c0";
export const secretKey = "SK-crash-9b77";
export const encryptionKey = Buffer.alloc(32, 7).toString("base64");

const bffRoot = fileURLToPath(new URL("../..", import.meta.url));

export interface BuiltBff {
  readonly program: string;
  remove(): void;
}

/**
 * The server as production has it: the build of the current sources, where Node finds what it compiled for earlier starts, or
 * one made now in its own directory, with a placeholder for the web.
 */
export async function buildBff(): Promise<BuiltBff> {
  if ((await isBuilt("bff")) && (await isBuilt("web")))
    return { program: join(bffRoot, "dist", "main.js"), remove: () => {} };
  const { build } = await import("vite");
  const cache = join(bffRoot, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const place = mkdtempSync(join(cache, "crash-"));
  const web = join(place, "apps/web/dist");
  mkdirSync(web, { recursive: true });
  writeFileSync(join(web, "index.html"), '<!doctype html>\n<html lang="en"></html>');
  const outDir = join(place, "apps/bff/dist");
  await build({ root: bffRoot, logLevel: "error", build: { outDir } });
  return { program: join(outDir, "main.js"), remove: () => rmSync(place, { recursive: true, force: true }) };
}

export interface ChildOptions {
  readonly program: string;
  readonly dataDirectory: string;
  readonly upstreamUrl: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A program that runs the server as its child and observes it: `strace -D …`. */
  readonly tracer?: readonly string[];
}

export interface ChildAnswer {
  readonly status: number;
  // Tests read responses of any shape.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly json: any;
}

export interface ChildBff {
  readonly pid: number;
  /** The last lines it wrote, to find out why a trial failed. */
  readonly lines: readonly string[];
  /** Rejects when the process ends before it listens. */
  readonly listening: Promise<void>;
  /** Settles when the process has ended, for any reason. */
  readonly ended: Promise<NodeJS.Signals | number | null>;
  /** Rejects when the connection fails or no response comes in time. */
  ask(method: string, path: string, body?: unknown, idempotencyKey?: string): Promise<ChildAnswer>;
  signal(name: "SIGKILL" | "SIGSTOP" | "SIGCONT" | "SIGTERM"): void;
  /** Ends it as `kill -9` does and waits for the end. */
  kill(): Promise<void>;
}

const living = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of living) child.kill("SIGKILL");
});

/** Ends the server when this process is killed. */
const endWithParent = "data:text/javascript,process.once('disconnect',()=>process.exit(9))";
const keptLines = 200;
const answerTimeoutMs = 120_000;

/** Starts the built server on a free port, with every timeout scaled down. */
export function startChild({ program, dataDirectory, upstreamUrl, environment, tracer = [] }: ChildOptions): ChildBff {
  const [command = process.execPath, ...rest] = [...tracer, process.execPath, "--import", endWithParent, program];
  const child = spawn(command, rest, {
    env: {
      NODE_ENV: "development",
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      HOST: "127.0.0.1",
      PORT: "0",
      WSC_AUTH_MODE: "dev",
      WSC_DATA_DIR: dataDirectory,
      WSC_UPSTREAM: "custom",
      WSC_UPSTREAM_URL: upstreamUrl,
      WSC_ACCESS_KEY: accessKey,
      WSC_SECRET_KEY: secretKey,
      WSC_ENCRYPTION_KEYS: encryptionKey,
      WSC_BUDGET_PER_DAY: "0",
      WSC_BUDGET_PER_USER_HOUR: "0",
      WSC_LIST_POLL_MS: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  living.add(child);
  const lines: string[] = [];
  let port = 0;
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.once("exit", (code, signal) => {
      living.delete(child);
      resolve(signal ?? code);
    });
  });
  const listening = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        if (line.includes('"message":"request"')) return;
        lines.push(line);
        if (lines.length > keptLines) lines.shift();
        const listens = /"server\.port":(\d+).*"message":"listening"/.exec(line);
        if (listens === null) return;
        port = Number(listens[1]);
        resolve();
      });
    }
    void ended.then((why) => reject(new Error(`the server ended (${why}) before it listened:\n${lines.join("\n")}`)));
  });
  // A caller that kills it during its start does not await `listening`.
  listening.catch(() => {});

  const ask: ChildBff["ask"] = (method, path, body, idempotencyKey) =>
    new Promise((resolve, reject) => {
      const text = method === "GET" ? "" : JSON.stringify(body ?? {});
      const outgoing = httpRequest(
        {
          host: "127.0.0.1",
          port,
          method,
          path,
          agent: false,
          timeout: answerTimeoutMs,
          headers: {
            "X-WSC-Request": "1",
            "Sec-Fetch-Site": "same-origin",
            ...(method === "GET"
              ? {}
              : { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(text)) }),
            ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", reject);
          response.on("close", () => reject(new Error("the answer broke off")));
          response.on("end", () => {
            const answer = Buffer.concat(chunks).toString("utf8");
            resolve({ status: response.statusCode ?? 0, json: answer === "" ? undefined : JSON.parse(answer) });
          });
        },
      );
      outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${answerTimeoutMs} ms`)));
      outgoing.on("error", reject);
      outgoing.end(text);
    });

  return {
    pid: child.pid ?? 0,
    lines,
    listening,
    ended,
    ask,
    signal: (name) => void child.kill(name),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
