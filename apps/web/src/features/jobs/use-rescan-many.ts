import { useQueryClient } from "@tanstack/react-query";
import { type Job, type JobRequest, WscError } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import { createIdempotencyKey, isCertainRefusal } from "../../api/idempotency-key.ts";
import { refreshJobs } from "../../api/job-queries.ts";
import { newJobCalls } from "../../api/new-job-calls.ts";
import { refreshSubmissions } from "../../api/submission-queries.ts";
import { useFormats } from "../../messages/messages-context.tsx";
import { type RescanObstacle, rescanRequestOf } from "./rescan-request.ts";

/** The state of one job's re-scan. unsure: the request may have been accepted; it is retried with the same key. */
export type RescanRow =
  | { readonly state: "reading" }
  | { readonly state: "ready"; readonly request: JobRequest; readonly isSpeedAssumed: boolean }
  | { readonly state: "leftOut"; readonly obstacle: RescanObstacle }
  | { readonly state: "unreadable"; readonly code: string }
  | { readonly state: "sent" }
  | { readonly state: "refused"; readonly code: string }
  | { readonly state: "unsure"; readonly request: JobRequest };

const codeOf = (error: unknown): string => (error instanceof WscError ? error.code : "BFF_UNREACHABLE");

/**
 * Reads the settings of jobs, then orders a re-scan of each, one after the other. Each has an idempotency key that is kept until
 * the outcome is certain, so that neither a second press nor a broken connection creates a second job.
 */
export function useRescanMany(jobs: readonly Job[]) {
  const client = useQueryClient();
  const { language } = useFormats();
  const [chosen] = useState(jobs);
  const [rows, setRows] = useState<ReadonlyMap<string, RescanRow>>(
    () => new Map(jobs.map(({ instanceNo }) => [instanceNo, { state: "reading" }])),
  );
  const [isRunning, setRunning] = useState(false);
  const keys = useRef(new Map<string, string>());
  const isBusy = useRef(false);
  const set = (instanceNo: string, row: RescanRow): void => setRows((now) => new Map(now).set(instanceNo, row));

  useEffect(() => {
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      for (const { instanceNo } of chosen) {
        const row = await newJobCalls.settings({ params: { instanceNo } }, { signal: stop.signal }).then(
          (settings): RescanRow => {
            const { request, obstacle, isSpeedAssumed } = rescanRequestOf(instanceNo, settings, language);
            if (request === null) return { state: "leftOut", obstacle: obstacle ?? "unknown" };
            return { state: "ready", request, isSpeedAssumed };
          },
          (error): RescanRow => ({ state: "unreadable", code: codeOf(error) }),
        );
        if (stop.signal.aborted) return;
        set(instanceNo, row);
      }
    };
    void read();
    return () => stop.abort();
  }, [chosen, language]);

  async function order(instanceNo: string, request: JobRequest): Promise<void> {
    const idempotencyKey = keys.current.get(instanceNo) ?? createIdempotencyKey();
    keys.current.set(instanceNo, idempotencyKey);
    try {
      await newJobCalls.create({ body: request }, { idempotencyKey });
      set(instanceNo, { state: "sent" });
    } catch (error) {
      set(
        instanceNo,
        isCertainRefusal(error) ? { state: "refused", code: codeOf(error) } : { state: "unsure", request },
      );
    }
  }

  /** Orders what is ready and retries what is unsure; a refusal does not stop the others. */
  const run = async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setRunning(true);
    for (const [instanceNo, row] of rows) {
      if (row.state === "ready" || row.state === "unsure") await order(instanceNo, row.request);
    }
    isBusy.current = false;
    setRunning(false);
    void refreshSubmissions(client);
    void refreshJobs(client);
  };

  const count = (...states: readonly RescanRow["state"][]): number =>
    [...rows.values()].filter(({ state }) => states.includes(state)).length;
  return { rows, isRunning, run, count };
}
