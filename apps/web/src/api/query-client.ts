import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { errorEntry, WscError } from "@wsc-dashboard/wsc-core";
import { dashboardUnreachable } from "./bff-client.ts";
import { sessionQuery } from "./session-query.ts";

/** Whether asking again for the same thing can help. Only reads ask this; nothing that acts is ever repeated. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof WscError)) return false;
  return error.code === dashboardUnreachable || errorEntry(error.code).retry === "safe";
}

/** Refusals that say: what this page knows about the signed-in person is no longer true. */
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
      // There was a new login, perhaps in another tab.
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
        // A dashboard behind a company's proxy can be reachable when the browser thinks it is offline.
        networkMode: "always",
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  return client;
}
