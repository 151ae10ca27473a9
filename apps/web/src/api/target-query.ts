import { queryOptions } from "@tanstack/react-query";
import { bff } from "./bff-client.ts";

const readingMs = 2000;
const idleMs = 60_000;

/** Each call reads a few more reports until all are known. */
export const targetsQuery = queryOptions({
  queryKey: ["targets"],
  queryFn: ({ signal }) => bff.targets.list({}, { signal }),
  refetchInterval: (query) => ((query.state.data?.pendingReports ?? 0) > 0 ? readingMs : idleMs),
});
