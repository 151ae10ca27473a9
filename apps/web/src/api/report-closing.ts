import { WscError } from "@wsc-dashboard/wsc-core";
import { useEffect } from "react";

const longestTimerMs = 2 ** 31 - 1;

/** Whether the dashboard refuses what was asked for, rather than being unable to get it now. */
export function isRefused(error: Error): boolean {
  return error instanceof WscError && error.status < 500;
}

/** Asks again at the instant a report closes, however long it has been open: whether it has closed is for the server to say. */
export function useAskAgainAt(instant: string | null, ask: () => Promise<unknown>): void {
  useEffect(() => {
    const waitMs = instant === null ? 0 : Date.parse(instant) - Date.now();
    if (waitMs <= 0) return;
    const timer = setTimeout(() => void ask(), Math.min(waitMs, longestTimerMs));
    return () => clearTimeout(timer);
  }, [instant, ask]);
}
