import { type UseMutationResult, useMutation } from "@tanstack/react-query";
import { ApiError } from "@wsc-dashboard/wsc-core";
import { useRef, useState } from "react";

/** 128 random bits; `randomUUID` would need a secure context, which a dashboard on a plain local network has not. */
export function createIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const unansweredName = "wsc_unanswered";

/**
 * The key for a form that opens: the one of a form that was sent from this tab and never answered, so that sending it again
 * after a reload is the same request; else a new one.
 */
export function keyOfNewForm(): string {
  try {
    return sessionStorage.getItem(unansweredName) ?? createIdempotencyKey();
  } catch {
    return createIdempotencyKey();
  }
}

/** Keeps the key while its answer is awaited; `null` once it is certain. */
export function keepUnanswered(key: string | null): void {
  try {
    if (key === null) sessionStorage.removeItem(unansweredName);
    else sessionStorage.setItem(unansweredName, key);
  } catch {
    // Kept for this page only.
  }
}

/** Whether a failure leaves no doubt that the request did nothing, and is not still at work. */
export function isCertainRefusal(error: unknown): boolean {
  return error instanceof ApiError && error.httpStatus < 500 && error.code !== "IDEMPOTENCY_KEY_RUNNING";
}

interface KeyedMutationOptions<Result, Input> {
  readonly act: (input: Input, idempotencyKey: string) => Promise<Result>;
  readonly onSuccess?: (result: Result) => void;
  readonly onSettled?: () => void;
}

/**
 * A change of something on the server. Its key is made when the form or dialog opens and stays until the answer is certain, so
 * that a second click or a retry after a broken connection never does the same thing twice.
 */
export function useKeyedMutation<Result, Input = void>({
  act,
  onSuccess,
  onSettled,
}: KeyedMutationOptions<Result, Input>): UseMutationResult<Result, Error, Input> {
  const [first] = useState(createIdempotencyKey);
  const key = useRef(first);
  return useMutation<Result, Error, Input>({
    mutationFn: (input) => act(input, key.current),
    onSuccess: (result) => {
      key.current = createIdempotencyKey();
      onSuccess?.(result);
    },
    onError: (error) => {
      if (isCertainRefusal(error)) key.current = createIdempotencyKey();
    },
    ...(onSettled ? { onSettled } : {}),
  });
}
