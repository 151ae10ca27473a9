import { WscError } from "@wsc-dashboard/wsc-core";
import { useEffect } from "react";

const maxTimerMs = 2 ** 31 - 1;
const firstPauseMs = 2_000;
const maxPauseMs = 10 * 60_000;

/** Whether the dashboard refuses the request, as opposed to being temporarily unable to serve it. */
export function isRefused(error: Error): boolean {
  return error instanceof WscError && error.status < 500;
}

/** Whether the server says that the report's year is over, so that refetching is useless. */
export function isReportExpired(error: Error | null): boolean {
  return error instanceof WscError && error.status === 410;
}

/**
 * Refetches from the instant a report expires until it is gone, however long it has been open. Only the server decides whether it
 * has expired: its clock may differ from this one, and it may be unreachable at that moment.
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
