import { queryOptions } from "@tanstack/react-query";
import { bff } from "./bff-client.ts";

/** A report never changes; it is asked for again only because it can expire. */
export function reportQuery(instanceNo: string) {
  return queryOptions({
    queryKey: ["reports", instanceNo],
    queryFn: ({ signal }) => bff.reports.get({ params: { instanceNo } }, { signal }),
    staleTime: 5 * 60_000,
  });
}
