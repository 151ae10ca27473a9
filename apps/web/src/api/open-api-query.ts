import { queryOptions } from "@tanstack/react-query";
import { openApiEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const openApiCalls = callsOf(openApiEndpoints);

/** The OpenAPI document of this server; it changes only with its version. */
export const openApiQuery = queryOptions({
  queryKey: ["open-api"],
  queryFn: ({ signal }) => openApiCalls.get({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
