import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { ApiError } from "@wsc-dashboard/wsc-core";
import { useRef, useState } from "react";

/** 128 random bits. Not `randomUUID`: it needs a secure context, which a dashboard on a plain local network does not have. */
export function createIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const unansweredName = "wsc_unanswered";

/**
 * Returns the key for a form that opens. When this tab has sent a form and received no certain response, it is that form's key,
 * so that sending again after a reload is the same request; otherwise a new one.
 */
export function keyOfNewForm(): string {
  try {
    return sessionStorage.getItem(unansweredName) ?? createIdempotencyKey();
  } catch {
    return createIdempotencyKey();
  }
}

/** Stores the key while the outcome is unknown; `null` removes it. */
export function keepUnanswered(key: string | null): void {
  try {
    if (key === null) sessionStorage.removeItem(unansweredName);
    else sessionStorage.setItem(unansweredName, key);
  } catch {
    // Without session storage the key lasts as long as the page.
  }
}

/** Whether the failure proves that the request had no effect and is not still running. */
export function isCertainRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.httpStatus < 500 && error.code !== "IDEMPOTENCY_KEY_RUNNING";
}

interface KeyedMutationOptions<Result, Input> {
  readonly act: (input: Input, idempotencyKey: string) => Promise<Result>;
  readonly onSuccess?: (result: Result) => void;
  readonly onSettled?: () => void;
}

/**
 * A mutation with an idempotency key. The key is made when the form or dialog opens and stays until the outcome is certain, so
 * that a retry after a broken connection never does the same thing twice. While a call runs, `mutate` does nothing: the second
 * press of a double click comes before the page shows the first.
 */
export function useKeyedMutation<Result, Input = void>({
  act,
  onSuccess,
  onSettled,
}: KeyedMutationOptions<Result, Input>): UseMutationResult<Result, Error, Input> {
  const [first] = useState(createIdempotencyKey);
  const key = useRef(first);
  const isRunning = useRef(false);
  const mutation = useMutation<Result, Error, Input>({
    mutationFn: (input) => act(input, key.current),
    onSuccess: (result) => {
      key.current = createIdempotencyKey();
      onSuccess?.(result);
    },
    onError: (error) => {
      if (isCertainRefusal(error)) key.current = createIdempotencyKey();
    },
    onSettled: () => {
      isRunning.current = false;
      onSettled?.();
    },
  });
  return {
    ...mutation,
    mutate: (...rest) => {
      if (isRunning.current) return;
      isRunning.current = true;
      mutation.mutate(...rest);
    },
  };
}
