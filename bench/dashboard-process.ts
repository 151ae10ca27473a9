/**
 * The dashboard in its own process, behind a proxy that names people, for benchmarks and trials: forked with the upstream's
 * address and settings as JSON; responds to every message with its usage.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { request } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { startBff } from "../apps/bff/test/start-bff.ts";

/** What the process has used since the previous message. */
export interface Usage {
  /** Megabytes of objects and buffers in use after garbage collection. */
  readonly inUse: number;
  /** Megabytes of the process, including the reserves of V8 and malloc for this thread and the report thread. */
  readonly resident: number;
  readonly descriptors: number;
  /** Longest time for which the event loop was blocked, in milliseconds. */
  readonly stallMs: number;
  /** The same in CPU time, which a busy machine does not lengthen. */
  readonly busyMs: number;
  /** Milliseconds of CPU, without the garbage collection of the previous message. */
  readonly cpuMs: number;
  /** Times that the process waited for the disk because the system had dropped a part of its program from memory. */
  readonly majorFaults: number;
  /** Calls of the upstream, including unanswered ones. */
  readonly calls: number;
}

export interface Asked {
  readonly status: number;
  readonly code: string | null;
  readonly ms: number;
  readonly body: string;
}

export interface Person {
  readonly name: string;
  readonly group: "viewers" | "operators" | "admins" | "auditors";
}

export interface Ask {
  readonly person: Person;
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
  /** Required for changing calls. */
  readonly key?: string;
}

export interface DashboardProcess {
  readonly port: number;
  usage(): Promise<Usage>;
  ask(ask: Ask): Promise<Asked>;
  close(): Promise<void>;
}

/** Sampling interval of the event loop check, in milliseconds. */
const busyStepMs = 2;
/** After this time a measurement no longer disturbs what it measures, in milliseconds. */
export const settleMs = 300;

const proxySecret = "bench-only-secret-between-proxy-and-server";
export const proxySettings = {
  WSC_AUTH_MODE: "header",
  WSC_AUTH_PRESET: "oauth2-proxy",
  WSC_TRUSTED_PROXIES: "127.0.0.1/32",
  WSC_PROXY_SECRET: proxySecret,
  WSC_ROLE_MAP: JSON.stringify({ viewers: "viewer", operators: "operator", admins: "admin", auditors: "auditor" }),
  WSC_ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString("base64"),
  WSC_LOG_LEVEL: "error",
};

/** The headers by which the company's proxy names a person. */
export const proxyHeaders = ({ name, group }: Person): Record<string, string> => ({
  "X-WSC-Proxy-Secret": proxySecret,
  "X-Forwarded-User": name,
  "X-Forwarded-Groups": group,
  "X-WSC-Request": "1",
  "Sec-Fetch-Site": "same-origin",
});

function codeOf(body: string): string | null {
  try {
    return String((JSON.parse(body) as { code?: unknown }).code ?? "") || null;
  } catch {
    return null;
  }
}

function askOnce(port: number, { person, method = "GET", path, body, key }: Ask): Promise<Asked> {
  const startedAt = performance.now();
  const text = body === undefined ? (method === "GET" ? "" : "{}") : JSON.stringify(body);
  const headers = {
    ...proxyHeaders(person),
    ...(text === "" ? {} : { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(text)) }),
    ...(key === undefined ? {} : { "Idempotency-Key": key }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      const isEvents = response.headers["content-type"] === "text/event-stream";
      const end = (): void => {
        const answer = Buffer.concat(chunks).toString("utf8");
        const status = response.statusCode ?? 0;
        resolve({
          status,
          code: status < 400 ? null : codeOf(answer),
          ms: performance.now() - startedAt,
          body: answer,
        });
      };
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        if (isEvents) response.destroy();
      });
      response.on("error", reject);
      response.on(isEvents ? "close" : "end", end);
    });
    outgoing.on("error", reject);
    outgoing.end(text);
  });
}

/** Without `watchesStalls` an idle process uses next to no CPU; `stallMs` and `busyMs` are 0 then. */
export async function startDashboardProcess(
  upstreamUrl: string,
  environment: Readonly<Record<string, string>>,
  { watchesStalls = true } = {},
): Promise<DashboardProcess> {
  const words = [upstreamUrl, JSON.stringify(environment), watchesStalls ? "stalls" : ""];
  const child: ChildProcess = fork(import.meta.filename, words, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    execArgv: [...process.execArgv, "--expose-gc"],
  });
  const [port] = (await once(child, "message")) as [number];
  return {
    port,
    async usage() {
      child.send("usage");
      const [used] = (await once(child, "message")) as [Usage];
      return used;
    },
    ask: (ask) => askOnce(port, ask),
    async close() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

async function serve(upstreamUrl: string, environment: Record<string, string>, watchesStalls: boolean): Promise<void> {
  const bff = await startBff({ upstreamUrl, environment: { ...proxySettings, ...environment } });
  const delay = monitorEventLoopDelay({ resolution: 5 });
  if (watchesStalls) delay.enable();
  let busyMs = 0;
  let thread = process.threadCpuUsage();
  const watchBusy = (): void => {
    const { user, system } = process.threadCpuUsage(thread);
    thread = process.threadCpuUsage();
    busyMs = Math.max(busyMs, (user + system) / 1000);
  };
  if (watchesStalls) setInterval(watchBusy, busyStepMs);
  const countCalls = async (): Promise<number> => {
    const lines = (await bff.metrics()).split("\n").filter((line) => line.startsWith("wsc_upstream_requests_total"));
    return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  };
  let calls = await countCalls();
  let cpu = process.cpuUsage();
  let majorFaults = process.resourceUsage().majorPageFault;
  process.on("message", async () => {
    const { user, system } = process.cpuUsage(cpu);
    const callsBefore = calls;
    calls = await countCalls();
    const faultsBefore = majorFaults;
    majorFaults = process.resourceUsage().majorPageFault;
    // Read first: the stall and CPU of the garbage collection are the measurement's, not the dashboard's.
    const stallMs = delay.max / 1e6;
    const resident = process.memoryUsage.rss() / 1e6;
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    const usage: Usage = {
      ...{ resident, stallMs, inUse: (heapUsed + external) / 1e6 },
      descriptors: readdirSync("/proc/self/fd").length,
      busyMs,
      cpuMs: (user + system) / 1000,
      calls: calls - callsBefore,
      majorFaults: majorFaults - faultsBefore,
    };
    // Not before the samples that the garbage collection delayed have been taken.
    setTimeout(() => {
      delay.reset();
      thread = process.threadCpuUsage();
      busyMs = 0;
    }, settleMs);
    cpu = process.cpuUsage();
    process.send?.(usage);
  });
  process.on("disconnect", () => void bff.close().finally(() => process.exit(0)));
  process.send?.(bff.port);
}

const [upstreamUrl, environment, stalls] = process.argv.slice(2);
if (import.meta.main && upstreamUrl !== undefined) {
  await serve(upstreamUrl, JSON.parse(environment ?? "{}"), stalls === "stalls");
}
