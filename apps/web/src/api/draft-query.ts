import { queryOptions } from "@tanstack/react-query";
import { draftEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

export const draftCalls = callsOf(draftEndpoints);

/** The draft of the job form, fetched again each time the form opens. */
export const draftQuery = queryOptions({
  queryKey: ["draft"],
  queryFn: ({ signal }) => draftCalls.get({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  retry: false,
});
