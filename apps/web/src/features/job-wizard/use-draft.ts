import type { Draft } from "@wsc-dashboard/wsc-core";
import { useEffect, useRef, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { draftCalls } from "../../api/draft-query.ts";
import type { SignInEntry } from "../../job-fields/sign-in-entry.ts";
import { draftOf } from "./job-draft.ts";
import type { WizardValues } from "./wizard-values.ts";

const pauseMs = 2000;

/**
 * Saves the draft on the server shortly after each change and when the page is left. Requests are sent one at a time and in
 * order, so that a late save cannot restore a discarded draft.
 */
export function useDraft<Output>(
  { subscribe, getValues }: Pick<UseFormReturn<WizardValues, unknown, Output>, "subscribe" | "getValues">,
  entry: SignInEntry,
) {
  const typed = useRef(entry);
  typed.current = entry;
  const [hasFailed, setFailed] = useState(false);
  const [keeper] = useState(() => createKeeper(() => draftOf(getValues(), typed.current), setFailed));
  useEffect(() => {
    const stop = subscribe({ formState: { values: true }, callback: keeper.changed });
    return () => {
      stop();
      keeper.flush();
    };
  }, [subscribe, keeper]);
  return { hasFailed, isPending: keeper.isPending, keep: keeper.changed, discard: keeper.discard };
}

function createKeeper(read: () => Draft, onFailed: (hasFailed: boolean) => void) {
  let kept = JSON.stringify(read());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const enqueue = (act: () => Promise<unknown>): void => {
    queue = queue.then(act).then(
      () => onFailed(false),
      () => onFailed(true),
    );
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const draft = read();
    const text = JSON.stringify(draft);
    if (text === kept) return;
    kept = text;
    enqueue(() => draftCalls.save({ body: { draft } }));
  };
  return {
    flush: () => {
      if (timer !== undefined) flush();
    },
    isPending: () => timer !== undefined,
    changed: () => {
      clearTimeout(timer);
      timer = setTimeout(flush, pauseMs);
    },
    /** Discards the draft, here and on the server. */
    discard: () => {
      clearTimeout(timer);
      timer = undefined;
      kept = "";
      enqueue(() => draftCalls.remove({ body: {} }));
    },
  };
}
