import { QueryClient } from "@tanstack/react-query";
import { errorEntry, WscError } from "@wsc-dashboard/wsc-core";
import { dashboardUnreachable } from "./bff-client.ts";

/** Whether asking again for the same thing can help. Only reads ask this; nothing that acts is ever repeated. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof WscError)) return false;
  return error.code === dashboardUnreachable || errorEntry(error.code).retry === "safe";
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && isRetryable(error),
        retryDelay: (failures) => Math.random() * 1000 * 2 ** failures,
        staleTime: 2000,
        // A dashboard behind a company's proxy can be reachable when the browser thinks it is offline.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
