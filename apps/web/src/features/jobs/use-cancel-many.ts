import { useQueryClient } from "@tanstack/react-query";
import type { Job } from "@wsc-dashboard/wsc-core";
import { useRef, useState } from "react";
import { createIdempotencyKey, isCertainRefusal } from "../../api/idempotency-key.ts";
import { jobCalls, refreshJobs } from "../../api/job-queries.ts";

/** Jobs per request: progress becomes visible, and no request exceeds the server's timeout. */
const chunkSize = 10;

export interface CancelOutcome {
  readonly instanceNo: string;
  /** Why it was not cancelled. */
  readonly code?: string | undefined;
}

/** Cancels jobs in chunks, each with an idempotency key that is kept until its outcome is certain. */
export function useCancelMany(jobs: readonly Job[]) {
  const client = useQueryClient();
  const [chunks] = useState(() =>
    Array.from({ length: Math.ceil(jobs.length / chunkSize) }, (_, index) =>
      jobs.slice(index * chunkSize, (index + 1) * chunkSize).map(({ instanceNo }) => instanceNo),
    ),
  );
  const keys = useRef<string[]>([]);
  const answered = useRef(0);
  const isBusy = useRef(false);
  const [outcomes, setOutcomes] = useState<readonly CancelOutcome[]>([]);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);

  const run = async (): Promise<void> => {
    if (isBusy.current) return;
    isBusy.current = true;
    setRunning(true);
    setProblem(null);
    try {
      for (const [index, instanceNos] of chunks.entries()) {
        if (index < answered.current) continue;
        const idempotencyKey = keys.current[index] ?? createIdempotencyKey();
        keys.current[index] = idempotencyKey;
        const { results } = await jobCalls.cancelMany({ body: { instanceNos: [...instanceNos] } }, { idempotencyKey });
        answered.current = index + 1;
        setOutcomes((known) => [...known, ...results.map(({ instanceNo, code }) => ({ instanceNo, code }))]);
      }
    } catch (error) {
      if (isCertainRefusal(error)) keys.current[answered.current] = createIdempotencyKey();
      setProblem(error);
    } finally {
      isBusy.current = false;
      setRunning(false);
      void refreshJobs(client);
    }
  };
  return { outcomes, isRunning, problem, run, isDone: outcomes.length === jobs.length };
}
