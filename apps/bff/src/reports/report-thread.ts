import { Worker } from "node:worker_threads";
import { WscError } from "@wsc-dashboard/wsc-core";
import { type ReportWorkName, type ReportWorks, reportWorks } from "./report-work.ts";
import type { WorkResult } from "./report-worker.ts";

/** In bytes: a smaller report is processed on the calling thread, in less time than starting a thread takes. */
const smallBytes = 128 * 1024;
const maxWaiting = 50;
/** Time limit of a task, in milliseconds. */
const defaultLimitMs = 45_000;
/** After this idle time, in milliseconds, the thread ends and frees its memory. */
const idleMs = 60_000;
const maxHeapMb = 1_024;

interface Waiting {
  readonly name: ReportWorkName;
  readonly input: unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: WscError) => void;
}

export type ReportThread = ReturnType<typeof createReportThread>;

/** Starts the worker, which is in the directory of this file, in the sources and in the build. */
function startWorker(): Worker {
  const name = import.meta.url.endsWith(".ts") ? "./report-worker.ts" : "./report-worker.js";
  return new Worker(new URL(name, import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    // The thread needs no settings.
    env: {},
    stdout: true,
    stderr: true,
  });
}

/**
 * A thread for large reports, started on demand, with one task at a time. A task that exceeds its time or memory ends the thread;
 * if it was reading a response, the response counts as unreadable.
 */
export function createReportThread({ limitMs = defaultLimitMs }: { readonly limitMs?: number } = {}) {
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;
  let current: Waiting | null = null;
  let timer: NodeJS.Timeout | undefined;
  let lastId = 0;
  let isClosed = false;

  function discard(): void {
    const ending = worker;
    worker = null;
    clearTimeout(timer);
    ending?.removeAllListeners();
    // Ignores errors while it terminates.
    ending?.on("error", () => {});
    void ending?.terminate();
  }

  function fail(reason: string): void {
    const failed = current;
    current = null;
    discard();
    const code = failed?.name === "read" ? "UPSTREAM_UNREADABLE" : "SERVER_BUSY";
    failed?.reject(new WscError(code, `${failed.name}: ${reason}`));
    startNext();
  }

  function settle(result: WorkResult): void {
    if (current === null || result.id !== lastId) return;
    const settled = current;
    current = null;
    clearTimeout(timer);
    if ("value" in result) settled.resolve(result.value as never);
    else settled.reject(new WscError("INTERNAL_ERROR", `${settled.name}: ${result.failure}`));
    startNext();
  }

  function running(): Worker {
    if (worker !== null) return worker;
    const started = startWorker();
    started.on("message", settle);
    started.on("error", (error) => fail(error.message));
    started.on("exit", (code) => fail(`the thread ended (${code})`));
    worker = started;
    return started;
  }

  function startNext(): void {
    if (current !== null) return;
    current = waiting.shift() ?? null;
    if (current === null) {
      worker?.unref();
      if (worker !== null) timer = setTimeout(discard, idleMs).unref();
      return;
    }
    clearTimeout(timer);
    lastId += 1;
    timer = setTimeout(() => fail(`more than ${limitMs} ms`), limitMs);
    const { name, input } = current;
    const thread = running();
    thread.ref();
    thread.postMessage({ id: lastId, name, input });
  }

  return {
    /** Runs a task. `bytes`: size of the report. Throws UPSTREAM_UNREADABLE, or SERVER_BUSY, also when too many tasks wait. */
    async run<K extends ReportWorkName>(
      name: K,
      input: Parameters<ReportWorks[K]>[0],
      bytes: number,
    ): Promise<ReturnType<ReportWorks[K]>> {
      type Result = ReturnType<ReportWorks[K]>;
      if (bytes <= smallBytes) return reportWorks[name](input as never) as Result;
      if (isClosed || waiting.length >= maxWaiting)
        throw new WscError("SERVER_BUSY", `${name}: too much work on reports`);
      return new Promise<Result>((resolve, reject) => {
        waiting.push({ name, input, resolve, reject });
        startNext();
      });
    },

    close(): void {
      isClosed = true;
      for (const one of waiting.splice(0)) one.reject(new WscError("SERVER_BUSY", "the server is closing"));
      current?.reject(new WscError("SERVER_BUSY", "the server is closing"));
      current = null;
      discard();
    },
  };
}
