import { queryOptions } from "@tanstack/react-query";
import { statusEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const statusCalls = callsOf(statusEndpoints);

const renewMs = 15_000;

export const statusQuery = queryOptions({
  queryKey: ["status", "now"],
  queryFn: ({ signal }) => statusCalls.get({}, { signal }),
  refetchInterval: renewMs,
});

export const settingsQuery = queryOptions({
  queryKey: ["status", "settings"],
  queryFn: ({ signal }) => statusCalls.settings({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Reads one job from the upstream's list; nothing is created or charged. */
export const testConnection = () => statusCalls.test({ body: {} });
