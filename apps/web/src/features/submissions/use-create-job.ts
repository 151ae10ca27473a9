import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type JobRequest, WscError } from "@wsc-dashboard/wsc-core";
import { useRef, useState } from "react";
import type { FieldPath, UseFormReturn } from "react-hook-form";
import { bff } from "../../api/bff-client.ts";
import { createIdempotencyKey, isCertainRefusal } from "../../api/idempotency-key.ts";
import { refreshJobs } from "../../api/job-queries.ts";
import { pathOfPointer } from "../../forms/form-error.ts";
import type { NewJobValues } from "./new-job-values.ts";

interface Callbacks {
  readonly onSent: (submissionId: string) => void;
  readonly onRefused: () => void;
}

/**
 * Sends the form once. The key is made when the form opens and stays until the server has answered for certain, so a
 * second click or a retry after a broken connection can never make a second job.
 */
export function useCreateJob(form: UseFormReturn<NewJobValues, unknown, JobRequest>, callbacks: Callbacks) {
  const client = useQueryClient();
  const key = useRef(createIdempotencyKey());
  // The request lies here and not in the mutation's variables: those outlive the form in a cache.
  const request = useRef<JobRequest | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const isDone = useRef(false);
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      if (request.current === null) throw new WscError("INTERNAL_ERROR", "nothing to send");
      return bff.jobs.create({ body: request.current }, { idempotencyKey: key.current });
    },
    onSuccess: ({ submission }) => {
      key.current = createIdempotencyKey();
      isDone.current = true;
      callbacks.onSent(submission.id);
      void client.invalidateQueries({ queryKey: ["submissions"] });
      void refreshJobs(client);
    },
    onError: (error) => {
      if (isCertainRefusal(error)) key.current = createIdempotencyKey();
      const fields = error instanceof WscError ? (error.details.errors ?? []) : [];
      for (const { pointer, code } of fields) {
        form.setError(pathOfPointer(pointer) as FieldPath<NewJobValues>, { type: "server", message: code });
      }
      setProblem(fields.length > 0 ? null : error);
      callbacks.onRefused();
    },
    onSettled: () => {
      request.current = null;
    },
  });
  return {
    isSending: isPending,
    /** A refusal that belongs to no field. */
    problem,
    /** The person came back to the form after reading what became of it. */
    reopen: (): void => {
      isDone.current = false;
    },
    send: (body: JobRequest): void => {
      if (isDone.current || request.current !== null) return;
      request.current = body;
      setProblem(null);
      mutate();
    },
  };
}
