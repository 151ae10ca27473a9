import { queryOptions } from "@tanstack/react-query";
import { compareEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const compareCalls = callsOf(compareEndpoints);

/** Compares two reports; without `base`, with the run before `head`. */
export function compareQuery(head: string, base: string | undefined) {
  return queryOptions({
    queryKey: ["reports", head, "compare", base ?? ""],
    queryFn: ({ signal }) => compareCalls.get({ query: base === undefined ? { head } : { base, head } }, { signal }),
    staleTime: 5 * 60_000,
  });
}
