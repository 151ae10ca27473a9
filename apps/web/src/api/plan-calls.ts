import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { planEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

export const planCalls = callsOf(planEndpoints);

/** The planned scans of a month. Below the key of schedules, so that it is fetched again when one changes. */
export const scanCalendarQuery = (month: string, zone: string) =>
  queryOptions({
    queryKey: ["schedules", "calendar", month, zone],
    queryFn: ({ signal }) => planCalls.calendar({ query: { month, zone } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
