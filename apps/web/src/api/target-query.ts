import { queryOptions } from "@tanstack/react-query";
import type { TargetDescription } from "@wsc-dashboard/wsc-core";
import { targetEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";
import { pauseFor } from "./reading-pause.ts";

export const targetCalls = callsOf(targetEndpoints);

export const targetsQuery = queryOptions({
  queryKey: ["targets", "list"],
  queryFn: ({ signal }) => targetCalls.list({}, { signal }),
  refetchInterval: (query) => pauseFor(query.state.data?.reading),
});

/** One target with its jobs and schedules. */
export function targetQuery(host: string) {
  return queryOptions({
    queryKey: ["targets", "one", host],
    queryFn: ({ signal }) => targetCalls.get({ params: { host } }, { signal }),
    refetchInterval: (query) => pauseFor(query.state.data?.reading),
  });
}

/** `version`: of the details the person saw; 0 for none. */
export const describeTarget = (host: string, description: TargetDescription, version: number) =>
  targetCalls.describe({ params: { host }, body: { ...description, version } });
export const removeTargetDetails = (host: string) => targetCalls.removeDetails({ params: { host }, body: {} });

/** The target details as a CSV file that can be imported again: of all described targets, or of the given hosts. */
export const fetchTargetFile = (hosts?: readonly string[]) =>
  targetCalls.export({ query: hosts === undefined ? {} : { hosts: hosts.join(",") } });
/** With `dryRun` nothing is changed: the response says what an import would do. */
export const importTargets = (csv: string, dryRun: boolean, idempotencyKey: string) =>
  targetCalls.import({ body: { csv, dryRun } }, { idempotencyKey });
