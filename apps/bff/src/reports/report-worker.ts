/** Task for the worker thread, which processes large reports one at a time. */
import { parentPort } from "node:worker_threads";
import { type ReportWorkName, reportWorks } from "./report-work.ts";

export interface WorkOrder {
  readonly id: number;
  readonly name: ReportWorkName;
  readonly input: never;
}
export type WorkResult = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: string });

/** The memory of byte arrays in a result, which moves to the other thread instead of being copied. */
function movable(value: unknown): ArrayBuffer[] {
  if (value instanceof Uint8Array) {
    const { buffer } = value;
    return buffer instanceof ArrayBuffer && buffer.byteLength === value.byteLength ? [buffer] : [];
  }
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
  return isRecord ? Object.values(value).flatMap(movable) : [];
}

const port = parentPort;
if (port === null) throw new Error("report-worker runs as a worker thread only");
port.on("message", ({ id, name, input }: WorkOrder) => {
  try {
    const value: unknown = reportWorks[name](input);
    port.postMessage({ id, value } satisfies WorkResult, movable(value));
  } catch (error) {
    port.postMessage({ id, failure: error instanceof Error ? error.message : "unknown" } satisfies WorkResult);
  }
});
