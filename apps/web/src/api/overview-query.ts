import { queryOptions } from "@tanstack/react-query";
import { overviewEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";
import { pauseFor } from "./reading-pause.ts";

const overviewCalls = callsOf(overviewEndpoints);

/** Without `month`: the current one. */
export const monthlyReportQuery = (month: string | undefined) =>
  queryOptions({
    queryKey: ["targets", "monthly", month ?? ""],
    queryFn: ({ signal }) => overviewCalls.monthly({ query: month === undefined ? {} : { month } }, { signal }),
  });

/** Open findings over all targets, and what needs attention. */
export const overviewQuery = queryOptions({
  queryKey: ["targets", "overview"],
  queryFn: ({ signal }) => overviewCalls.get({}, { signal }),
  refetchInterval: (query) => pauseFor(query.state.data?.reading),
});
