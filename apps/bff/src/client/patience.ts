import { setTimeout as wait } from "node:timers/promises";
import { isTransient } from "./dashboard-client.ts";
import { ClientFailure } from "./exit-code.ts";

const firstPauseMs = 500;
const longestPauseMs = 15_000;

export type Patience = ReturnType<typeof createPatience>;

/** Polls with increasing pauses until the timeout, then throws ClientFailure. */
export function createPatience(timeoutMs: number, now: () => number) {
  const endsAt = now() + timeoutMs;
  let pauseMs = firstPauseMs;

  async function pause(): Promise<void> {
    const leftMs = endsAt - now();
    if (leftMs <= 0) throw new ClientFailure("timeout", "--timeout is over; the scan goes on in the dashboard");
    await wait(Math.min(pauseMs, leftMs));
    pauseMs = Math.min(longestPauseMs, pauseMs * 1.5);
  }

  return {
    pause,
    /** Retries while there is no response, or while `isEarly` accepts the error as too early. */
    async ask<Value>(call: () => Promise<Value>, isEarly: (error: unknown) => boolean = () => false): Promise<Value> {
      for (;;) {
        try {
          return await call();
        } catch (error) {
          if (!isTransient(error) && !isEarly(error)) throw error;
          await pause();
        }
      }
    },
  };
}
