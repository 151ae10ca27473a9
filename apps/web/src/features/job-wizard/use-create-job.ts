import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type JobRequest, WscError } from "@wsc-dashboard/wsc-core";
import { useRef, useState } from "react";
import type { FieldPath, UseFormReturn } from "react-hook-form";
import { createIdempotencyKey, isCertainRefusal, keepUnanswered, keyOfNewForm } from "../../api/idempotency-key.ts";
import { refreshJobs } from "../../api/job-queries.ts";
import { newJobCalls } from "../../api/new-job-calls.ts";
import { errorPlace } from "./error-place.ts";
import type { WizardValues } from "./wizard-values.ts";

interface Callbacks {
  readonly onSent: (submissionId: string) => void;
  readonly onRefused: () => void;
}

/**
 * Sends the form once. The idempotency key is made when the form opens and stays until the outcome is certain, so that a second
 * click, a retry after a broken connection or a reload never creates a second job.
 */
export function useCreateJob(form: UseFormReturn<WizardValues, unknown, JobRequest>, callbacks: Callbacks) {
  const client = useQueryClient();
  const [first] = useState(keyOfNewForm);
  const key = useRef(first);
  // Kept here and not in the mutation's variables, because the mutation cache outlives the form.
  const request = useRef<JobRequest | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const [sentId, setSentId] = useState<string | null>(null);
  const isDone = useRef(false);
  const answered = (): void => {
    key.current = createIdempotencyKey();
    keepUnanswered(null);
  };
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      if (request.current === null) throw new WscError("INTERNAL_ERROR", "nothing to send");
      keepUnanswered(key.current);
      return newJobCalls.create({ body: request.current }, { idempotencyKey: key.current });
    },
    onSuccess: ({ submission }) => {
      answered();
      isDone.current = true;
      setSentId(submission.id);
      callbacks.onSent(submission.id);
      void client.invalidateQueries({ queryKey: ["submissions"] });
      void refreshJobs(client);
    },
    onError: (error) => {
      if (isCertainRefusal(error)) answered();
      const fields = error instanceof WscError ? (error.details.errors ?? []) : [];
      const placed = fields.flatMap(({ pointer, code }) => {
        const { path } = errorPlace(code, pointer);
        return path === undefined ? [] : [{ path, code }];
      });
      for (const { path, code } of placed) {
        form.setError(path as FieldPath<WizardValues>, { type: "server", message: code });
      }
      setProblem(placed.length > 0 ? null : error);
      callbacks.onRefused();
    },
    onSettled: () => {
      request.current = null;
    },
  });
  return {
    isSending: isPending,
    /** The submission this form was sent as; the form cannot be sent again until it is reopened. */
    sentId,
    /** A refusal that belongs to no field. */
    problem,
    /** The person returns to the form after seeing the outcome. */
    reopen: (): void => {
      isDone.current = false;
      setSentId(null);
    },
    send: (body: JobRequest): void => {
      if (isDone.current || request.current !== null) return;
      request.current = body;
      setProblem(null);
      mutate();
    },
  };
}
