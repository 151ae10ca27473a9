import { type Job, targetHostOf } from "@wsc-dashboard/wsc-core";

/** The selected jobs as a comparison, the earlier one as `base`; `null` unless both have a report of one target. */
export function pairToCompare(jobs: readonly Job[]): { readonly base: string; readonly head: string } | null {
  const [base, head, ...more] = jobs.toSorted(
    (a, b) => Date.parse(a.endedAt ?? "") - Date.parse(b.endedAt ?? "") || (a.instanceNo < b.instanceNo ? -1 : 1),
  );
  if (base === undefined || head === undefined || more.length > 0) return null;
  if (!base.capabilities.report || !head.capabilities.report) return null;
  if (targetHostOf(base.startUrl) !== targetHostOf(head.startUrl)) return null;
  return { base: base.instanceNo, head: head.instanceNo };
}
