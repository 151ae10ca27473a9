import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { Verdict, VerdictChange } from "@wsc-dashboard/wsc-core";
import { issueTemplateEndpoints, verdictEndpoints } from "@wsc-dashboard/wsc-core";
import { callsOf } from "./bff-client.ts";

const issueTemplateCalls = callsOf(issueTemplateEndpoints);

const verdictCalls = callsOf(verdictEndpoints);

/** The verdicts on the findings of a report. */
export function reportVerdictsQuery(instanceNo: string) {
  return queryOptions({
    queryKey: ["verdicts", "list", "report", instanceNo],
    queryFn: ({ signal }) => verdictCalls.ofReport({ params: { instanceNo } }, { signal }),
    staleTime: 10_000,
  });
}

/** One page of the verdicts on the findings of a target. */
export function targetVerdictsQuery(host: string, state: Verdict | undefined, page: number) {
  return queryOptions({
    queryKey: ["verdicts", "list", "target", host, state ?? "", page],
    queryFn: ({ signal }) =>
      verdictCalls.list(
        { query: { host, page: String(page), limit: "20", ...(state === undefined ? {} : { state }) } },
        { signal },
      ),
  });
}

/** A verdict with its history, newest entry first. */
export function verdictQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: ["verdicts", "one", id],
    queryFn: ({ signal, pageParam }) =>
      verdictCalls.get({ params: { id }, query: pageParam === null ? {} : { before: String(pageParam) } }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
}

export interface FindingsToChange {
  readonly host: string;
  /** The report the findings were seen in. */
  readonly instanceNo?: string | undefined;
  readonly findings: readonly { readonly fingerprint: string; readonly version: number }[];
  readonly change: VerdictChange;
}

/** The URL template of the issue tracker, with placeholders; `null` when not set. */
export const issueTemplateQuery = queryOptions({
  queryKey: ["issueTemplate"],
  queryFn: async ({ signal }) => (await issueTemplateCalls.get({}, { signal })).template,
  staleTime: 60_000,
});
export const saveIssueTemplate = (template: string | null) => issueTemplateCalls.save({ body: { template } });

/** Maximum number of findings in one call. */
const findingsAtOnce = 200;

/** Changes findings in batches; returns one result for each, in their order. */
export async function changeVerdicts({ host, instanceNo, findings, change }: FindingsToChange) {
  const results: Awaited<ReturnType<typeof verdictCalls.change>>["results"] = [];
  for (let start = 0; start < findings.length; start += findingsAtOnce) {
    const some = findings.slice(start, start + findingsAtOnce).map((finding) => ({ ...finding }));
    const named = instanceNo === undefined ? {} : { instanceNo };
    results.push(...(await verdictCalls.change({ body: { host, ...named, findings: some, change } })).results);
  }
  return results;
}
