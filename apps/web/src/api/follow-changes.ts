import type { QueryClient } from "@tanstack/react-query";
import { type ChangingNoun, changingNouns } from "@wsc-dashboard/wsc-core";
import { bff } from "./bff-client.ts";

const minPauseMs = 1000;
const maxPauseMs = 60_000;

/**
 * Asks again for what has changed as soon as the server says so, until `signal`. The screens ask now and then by themselves
 * too, so what goes wrong here only makes them slower.
 */
export async function followChanges(client: QueryClient, signal: AbortSignal): Promise<void> {
  const askAgain = (nouns: readonly ChangingNoun[]): void => {
    for (const noun of nouns) void client.invalidateQueries({ queryKey: [noun] });
  };
  let isFirst = true;
  let failures = 0;
  while (!signal.aborted) {
    let isTold = false;
    try {
      for await (const { nouns } of await bff.events.watch({}, { signal })) {
        // Between two followings something may have changed.
        askAgain(isTold || isFirst ? nouns : changingNouns);
        isTold = true;
        isFirst = false;
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
