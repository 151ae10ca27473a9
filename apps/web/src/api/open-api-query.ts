import { queryOptions } from "@tanstack/react-query";
import { bff } from "./bff-client.ts";

/** The contract of this server; it changes with its version only. */
export const openApiQuery = queryOptions({
  queryKey: ["open-api"],
  queryFn: ({ signal }) => bff.openApi.get({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});
