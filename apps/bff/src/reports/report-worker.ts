/** Task for the worker thread, which processes large reports one at a time. */
import { parentPort } from "node:worker_threads";
import { type ReportWorkName, reportWorks } from "./report-work.ts";

export interface WorkOrder {
  readonly id: number;
  readonly name: ReportWorkName;
  readonly input: never;
}
export type WorkResult = { readonly id: number } & ({ readonly value: unknown } | { readonly failure: string });

const port = parentPort;
if (port === null) throw new Error("report-worker runs as a worker thread only");
port.on("message", ({ id, name, input }: WorkOrder) => {
  try {
    port.postMessage({ id, value: reportWorks[name](input) } satisfies WorkResult);
  } catch (error) {
    port.postMessage({ id, failure: error instanceof Error ? error.message : "unknown" } satisfies WorkResult);
  }
});
