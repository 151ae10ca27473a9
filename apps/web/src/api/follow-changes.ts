import type { QueryClient } from "@tanstack/react-query";
import type { Change, ChangingNoun } from "@wsc-dashboard/wsc-core";
import { eventEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const eventCalls = callsOf(eventEndpoints);

const minPauseMs = 1000;
const maxPauseMs = 60_000;
/** Tabs refetch at random moments within this time, so that one change does not cause a burst of requests. */
const spreadMs = 2000;

/** The last event that this tab has received; kept while the tab is hidden. */
export interface FollowPosition {
  after: string | null;
}

/** Refetches the lists of a noun and those of its items that changed. */
function askAgain(client: QueryClient, { noun, ids }: Change): void {
  // The open findings of a target depend on verdicts.
  if (noun === "verdicts") void client.invalidateQueries({ queryKey: ["targets"] });
  void client.invalidateQueries({
    queryKey: [noun],
    predicate: ({ queryKey: [, kind, id] }) =>
      ids === null || kind === "list" || (kind === "one" && ids.includes(String(id))),
  });
}

/** Collects changes for up to `spreadMs`, then refetches once for each. */
function createSpread(client: QueryClient, signal: AbortSignal) {
  const waiting = new Map<ChangingNoun, Change["ids"]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const [noun, ids] of waiting) askAgain(client, { noun, ids });
    waiting.clear();
  };
  // Changes that arrived before the stop are still applied.
  signal.addEventListener("abort", flush, { once: true });
  return (changes: readonly Change[]): void => {
    for (const { noun, ids } of changes) {
      const before = waiting.has(noun) ? waiting.get(noun) : [];
      waiting.set(noun, ids === null || before === null ? null : [...(before ?? []), ...ids]);
    }
    if (waiting.size > 0) timer ??= setTimeout(flush, Math.random() * spreadMs);
  };
}

/**
 * Refetches what has changed soon after the server reports it, until `signal` aborts. The screens also poll, so a failure here
 * only makes them slower.
 */
export async function followChanges(client: QueryClient, position: FollowPosition, signal: AbortSignal): Promise<void> {
  const spread = createSpread(client, signal);
  let failures = 0;
  while (!signal.aborted) {
    let isTold = false;
    try {
      const query = position.after === null ? {} : { after: position.after };
      for await (const { id, changes } of await eventCalls.watch({ query }, { signal })) {
        isTold = true;
        position.after = id;
        spread(changes);
      }
    } catch {
      if (signal.aborted) return;
    }
    failures = isTold ? 0 : failures + 1;
    await pause(Math.min(minPauseMs * 2 ** failures, maxPauseMs), signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
  });
}
