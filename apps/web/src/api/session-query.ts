import { queryOptions } from "@tanstack/react-query";
import type { Permission, Session } from "@wsc-dashboard/wsc-core";
import { sessionEndpoints } from "@wsc-dashboard/wsc-core";
import { createContext, useContext } from "react";
import { callsOf } from "./bff-client.ts";

export const sessionCalls = callsOf(sessionEndpoints);

const freshMs = 60_000;

/** Refetched while the page is visible: roles can be revoked, and a proxy can renew the login. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => sessionCalls.get({}, { signal }),
  staleTime: freshMs,
  refetchInterval: freshMs,
});

export const SessionContext = createContext<Session | null>(null);

/** The signed-in person. Only below the session guard. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error("useSession outside of the session guard");
  return session;
}

/** Whether the signed-in person may call an endpoint. */
export function useMay(permission: Permission): boolean {
  return useSession().permissions.includes(permission);
}
