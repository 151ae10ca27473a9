import { keepPreviousData, type QueryClient, queryOptions } from "@tanstack/react-query";
import {
  blackoutsSchema,
  type ScheduleRequestInput,
  scheduleEndpoints,
  scheduleRuleSchema,
} from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

export const scheduleCalls = callsOf(scheduleEndpoints);

const minPollMs = 5000;

const pageSize = "50";

export function schedulesQuery(listPollMs: number, page: number) {
  return queryOptions({
    queryKey: ["schedules", "list", page],
    queryFn: ({ signal }) => scheduleCalls.list({ query: { page: String(page), limit: pageSize } }, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: Math.max(listPollMs, minPollMs),
  });
}

export function scheduleQuery(id: string, listPollMs: number) {
  return queryOptions({
    queryKey: ["schedules", "one", id],
    queryFn: ({ signal }) => scheduleCalls.get({ params: { id } }, { signal }),
    refetchInterval: Math.max(listPollMs, minPollMs),
  });
}

export type RunPlan = Pick<ScheduleRequestInput, "rule" | "blackout">;

/** The next runs of an unsaved rule; fetched only once the rule is complete. `id`: the schedule that is edited. */
export function runPreviewQuery({ rule, blackout }: RunPlan, id: string | undefined) {
  return queryOptions({
    queryKey: ["schedules", "preview", rule, blackout, id],
    queryFn: ({ signal }) =>
      scheduleCalls.preview({ body: { rule, blackout, ...(id === undefined ? {} : { id }) } }, { signal }),
    enabled: scheduleRuleSchema.safeParse(rule).success && blackoutsSchema.safeParse(blackout).success,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: false,
  });
}

/** Refetches schedules and their runs, which are submissions, after any change to schedules; never a deleted one, `goneId`. */
export async function refreshSchedules(client: QueryClient, goneId?: string): Promise<void> {
  await Promise.all([
    client.invalidateQueries({
      queryKey: ["schedules"],
      predicate: ({ queryKey: [, kind, id] }) => !(kind === "one" && id === goneId),
    }),
    client.invalidateQueries({ queryKey: ["submissions"] }),
  ]);
}
