import { queryOptions } from "@tanstack/react-query";
import { bff } from "./bff-client.ts";

const renewMs = 15_000;

export const statusQuery = queryOptions({
  queryKey: ["status", "now"],
  queryFn: ({ signal }) => bff.status.get({}, { signal }),
  refetchInterval: renewMs,
});

export const settingsQuery = queryOptions({
  queryKey: ["status", "settings"],
  queryFn: ({ signal }) => bff.status.settings({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Reads one job of the upstream's list; nothing is created and nothing is charged. */
export const testConnection = () => bff.status.test({ body: {} });
