import { type Target, type TargetSign, targetSigns } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";

export const targetOrders = ["host", "last", "high", "medium", "low", "change", "next", "rescan"] as const;
export type TargetOrder = (typeof targetOrders)[number];
/** A minus in front: from the largest, the latest, or Z down. */
export type SignedOrder = TargetOrder | `-${TargetOrder}`;

/** What stands in the address of the targets; without `sort` the most urgent come first. */
export interface TargetSearch {
  readonly q?: string;
  readonly show?: TargetSign;
  readonly sort?: SignedOrder;
  readonly page?: number;
}

const orders = targetOrders.flatMap((order) => [order, `-${order}`] as const);
const searchSchema = z.object({
  q: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(300))), undefined),
  show: z.catch(z.optional(z.enum(targetSigns)), undefined),
  sort: z.catch(z.optional(z.enum(orders as [SignedOrder, ...SignedOrder[]])), undefined),
  page: z.catch(
    z.optional(
      z.pipe(
        z.transform((value) => (/^[0-9]{1,6}$/.test(String(value)) ? Number(value) : Number.NaN)),
        z.int().check(z.minimum(2)),
      ),
    ),
    undefined,
  ),
});

export function readTargetSearch(raw: Record<string, unknown>): TargetSearch {
  const { q, show, sort, page } = searchSchema.parse(raw);
  return {
    ...(q === undefined ? {} : { q }),
    ...(show === undefined ? {} : { show }),
    ...(sort === undefined ? {} : { sort }),
    ...(page === undefined ? {} : { page }),
  };
}

const timeOf = (instant: string | null | undefined): number | null =>
  instant === null || instant === undefined ? null : Date.parse(instant);

/** What a target is sorted by; `null` stands at the end whichever way it is sorted. */
const valueFor: Readonly<Record<TargetOrder, (target: Target) => number | string | null>> = {
  host: ({ host }) => host,
  last: ({ lastJob }) => timeOf(lastJob.endedAt ?? lastJob.startedAt),
  high: ({ latest }) => latest?.open.high ?? null,
  medium: ({ latest }) => latest?.open.medium ?? null,
  low: ({ latest }) => latest?.open.low ?? null,
  change: ({ change }) => (change === null ? null : change.new.total - change.fixed.total),
  next: ({ next }) => timeOf(next?.dueAt),
  rescan: ({ rescan }) => rescan?.left ?? null,
};

function compareValues(
  a: number | string | null,
  b: number | string | null,
  sign: 1 | -1,
  collator: Intl.Collator,
): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === "string" || typeof b === "string") return sign * collator.compare(String(a), String(b));
  return sign * (a - b);
}

/** The targets that a search leaves, in its order. Those that are equal keep the order of the list. */
export function searchTargets(targets: readonly Target[], search: TargetSearch, language: string): readonly Target[] {
  const words = (search.q ?? "")
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const found = targets.filter(
    ({ host, signs }) =>
      words.every((word) => host.toLowerCase().includes(word)) &&
      (search.show === undefined || signs.includes(search.show)),
  );
  const { sort } = search;
  if (sort === undefined) return found;
  const order = (sort.startsWith("-") ? sort.slice(1) : sort) as TargetOrder;
  const sign = sort.startsWith("-") ? -1 : 1;
  const collator = new Intl.Collator(language, { numeric: true });
  return found.toSorted((a, b) => compareValues(valueFor[order](a), valueFor[order](b), sign, collator));
}
