import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { errorEntry, WscError } from "@wsc-dashboard/wsc-core";
import { dashboardUnreachable } from "./bff-client.ts";
import { sessionQuery } from "./session-query.ts";

/** Whether a retry can help. Only for reads; changing calls are never retried automatically. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof WscError)) return false;
  return error.code === dashboardUnreachable || errorEntry(error.code).retry === "safe";
}

/** Refusals that mean that what this page knows about the signed-in person is out of date. */
const aboutPerson: ReadonlySet<string> = new Set(["SESSION_REQUIRED", "NO_ROLE", "GROUPS_OVERAGE", "ROLE_FORBIDDEN"]);

export function createQueryClient(): QueryClient {
  const onError = (error: unknown): void => {
    if (error instanceof WscError && aboutPerson.has(error.code)) void client.invalidateQueries(sessionQuery);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => {
        if (queryKey[0] !== sessionQuery.queryKey[0]) onError(error);
      },
      // The person has logged in again, perhaps in another tab.
      onSuccess: () => {
        if (client.getQueryState(sessionQuery.queryKey)?.status === "error")
          void client.invalidateQueries(sessionQuery);
      },
    }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && isRetryable(error),
        retryDelay: (failures) => Math.random() * 1000 * 2 ** failures,
        staleTime: 2000,
        // Behind a company proxy the dashboard can be reachable although the browser believes it is offline.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}
