import { limits, type Target, type TargetSign, targetSigns } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";

export const targetOrders = ["host", "last", "high", "medium", "low", "change", "next", "rescan"] as const;
export type TargetOrder = (typeof targetOrders)[number];
/** A leading minus: descending. */
export type SignedOrder = TargetOrder | `-${TargetOrder}`;

/** The search parameters of the target list's address; without `sort` the most urgent come first. */
export interface TargetSearch {
  readonly q?: string;
  readonly show?: TargetSign;
  /** Filters on target details; empty selects targets without the value. */
  readonly tag?: string;
  readonly owner?: string;
  readonly service?: string;
  readonly sort?: SignedOrder;
  readonly page?: number;
  /** Id of a saved view whose filters replace the others. */
  readonly view?: string;
}

const orders = targetOrders.flatMap((order) => [order, `-${order}`] as const);
const described = (maxLength: number) => z.catch(z.optional(z.string().check(z.maxLength(maxLength))), undefined);
const searchSchema = z.object({
  view: z.catch(z.optional(z.string().check(z.regex(/^[0-9a-z-]{1,64}$/))), undefined),
  tag: described(limits.targetTagLength),
  owner: described(limits.targetOwnerLength),
  service: described(limits.targetServiceLength),
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
  const { q, show, tag, owner, service, sort, page, view } = searchSchema.parse(raw);
  return {
    ...(q === undefined ? {} : { q }),
    ...(show === undefined ? {} : { show }),
    ...(tag === undefined ? {} : { tag }),
    ...(owner === undefined ? {} : { owner }),
    ...(service === undefined ? {} : { service }),
    ...(sort === undefined ? {} : { sort }),
    ...(page === undefined ? {} : { page }),
    ...(view === undefined ? {} : { view }),
  };
}

const timeOf = (instant: string | null | undefined): number | null =>
  instant === null || instant === undefined ? null : Date.parse(instant);

/** The sort value of a target; `null` is last in both directions. */
const valueFor: Readonly<Record<TargetOrder, (target: Target) => number | string | null>> = {
  host: ({ host }) => host,
  last: ({ lastJob }) => timeOf(lastJob?.endedAt ?? lastJob?.startedAt),
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

/** The distinct values of target details. */
export function knownValues(targets: readonly Target[]): Readonly<Record<"tag" | "owner" | "service", string[]>> {
  const sorted = (values: readonly (string | null | undefined)[]): string[] =>
    [...new Set(values.filter((value) => typeof value === "string"))].sort((a, b) => a.localeCompare(b));
  return {
    tag: sorted(targets.flatMap(({ details }) => details?.tags ?? [])),
    owner: sorted(targets.map(({ details }) => details?.owner)),
    service: sorted(targets.map(({ details }) => details?.service)),
  };
}

const isOf = (wanted: string | undefined, value: string | null | undefined): boolean =>
  wanted === undefined || (value ?? "") === wanted;

/** Whether a target's details match the search. */
function isDescribed({ details }: Target, { tag, owner, service }: TargetSearch): boolean {
  const tags = details?.tags ?? [];
  const hasTag = tag === undefined || (tag === "" ? tags.length === 0 : tags.includes(tag));
  return hasTag && isOf(owner, details?.owner) && isOf(service, details?.service);
}

const textOf = ({ host, details }: Target): string =>
  [host, details?.owner, details?.service, ...(details?.tags ?? [])].join("\n").toLowerCase();

/** The targets that match a search, in its order. Equal ones keep the order of the list. */
export function searchTargets(targets: readonly Target[], search: TargetSearch, language: string): readonly Target[] {
  const words = (search.q ?? "")
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  const found = targets.filter((target) => {
    const text = words.length === 0 ? "" : textOf(target);
    return (
      words.every((word) => text.includes(word)) &&
      (search.show === undefined || target.signs.includes(search.show)) &&
      isDescribed(target, search)
    );
  });
  const { sort } = search;
  if (sort === undefined) return found;
  const order = (sort.startsWith("-") ? sort.slice(1) : sort) as TargetOrder;
  const sign = sort.startsWith("-") ? -1 : 1;
  const collator = new Intl.Collator(language, { numeric: true });
  return found.toSorted((a, b) => compareValues(valueFor[order](a), valueFor[order](b), sign, collator));
}
