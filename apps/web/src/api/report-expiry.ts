import { WscError } from "@wsc-dashboard/wsc-core";
import { useEffect } from "react";

const maxTimerMs = 2 ** 31 - 1;
const firstPauseMs = 2_000;
const maxPauseMs = 10 * 60_000;

/** Whether the dashboard refuses what was asked for, rather than being unable to get it now. */
export function isRefused(error: Error): boolean {
  return error instanceof WscError && error.status < 500;
}

/** Whether the year of the report is over, says the server: there is nothing left to ask for. */
export function isReportExpired(error: Error | null): boolean {
  return error instanceof WscError && error.status === 410;
}

/**
 * Asks again from the instant a report closes until it is gone, however long it has been open: whether it has closed is for the
 * server to say, by a clock that need not agree with this one, and it may be out of reach just then.
 */
export function useRefetchAtExpiry(instant: string | null, ask: () => Promise<unknown>): void {
  useEffect(() => {
    if (instant === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let pauseMs = firstPauseMs;
    const plan = (): void => {
      const waitMs = Date.parse(instant) - Date.now();
      if (waitMs > 0) timer = setTimeout(waitMs > maxTimerMs ? plan : act, Math.min(waitMs, maxTimerMs));
      else {
        timer = setTimeout(act, pauseMs);
        pauseMs = Math.min(maxPauseMs, pauseMs * 2);
      }
    };
    const act = (): void => {
      void ask();
      plan();
    };
    plan();
    return () => clearTimeout(timer);
  }, [instant, ask]);
}
