import { queryOptions } from "@tanstack/react-query";
import { bff } from "./bff-client.ts";

/** The draft of the form for a job, asked for again each time the form opens. */
export const draftQuery = queryOptions({
  queryKey: ["draft"],
  queryFn: ({ signal }) => bff.drafts.get({}, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  retry: false,
});
