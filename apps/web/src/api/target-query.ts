import { queryOptions } from "@tanstack/react-query";
import type { Reading, TargetDescription } from "@wsc-dashboard/wsc-core";
import { bff } from "./bff-client.ts";

const readingMs = 5_000;
const idleMs = 60_000;

/** More often while reports are still being read in the background. */
const pauseFor = (reading: Reading | undefined): number =>
  reading?.isOn && (reading.waiting > 0 || reading.listReadAt === null) ? readingMs : idleMs;

export const targetsQuery = queryOptions({
  queryKey: ["targets", "list"],
  queryFn: ({ signal }) => bff.targets.list({}, { signal }),
  refetchInterval: (query) => pauseFor(query.state.data?.reading),
});

/** One target with its jobs and schedules. */
export function targetQuery(host: string) {
  return queryOptions({
    queryKey: ["targets", "one", host],
    queryFn: ({ signal }) => bff.targets.get({ params: { host } }, { signal }),
    refetchInterval: (query) => pauseFor(query.state.data?.reading),
  });
}

/** What is open over all targets, and what needs somebody. */
export const overviewQuery = queryOptions({
  queryKey: ["targets", "overview"],
  queryFn: ({ signal }) => bff.overview.get({}, { signal }),
  refetchInterval: (query) => pauseFor(query.state.data?.reading),
});

/** `version`: of the details that the person saw; 0 for none. */
export const describeTarget = (host: string, description: TargetDescription, version: number) =>
  bff.targets.describe({ params: { host }, body: { ...description, version } });
export const removeTargetDetails = (host: string) => bff.targets.removeDetails({ params: { host }, body: {} });

/** What people say about targets, as a file that can be imported. */
export const fetchTargetFile = () => bff.targets.export({});
/** With `dryRun` nothing is changed: the answer says what would be. */
export const importTargets = (csv: string, dryRun: boolean, idempotencyKey: string) =>
  bff.targets.import({ body: { csv, dryRun } }, { idempotencyKey });
