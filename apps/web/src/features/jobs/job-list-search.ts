import { type JobTab, jobStatusCodes, jobTabs, type SignedJobOrder, signedJobOrders } from "@wsc-dashboard/wsc-core";
import * as z from "zod/mini";
import type { JobListArguments } from "../../api/job-queries.ts";
import { isDay, type Period, periods } from "./job-period.ts";

export const pageSizes = [25, 50, 100] as const;
const defaultLimit = 50;

const positive = z.pipe(
  z.transform((value) => (/^[0-9]{1,7}$/.test(String(value)) ? Number(value) : Number.NaN)),
  z.int().check(z.minimum(1), z.maximum(1_000_000)),
);

const statusLabel = z.enum(jobStatusCodes.map(String) as [string, ...string[]]);

const day = z.catch(z.optional(z.string().check(z.refine(isDay))), undefined);

// An invalid part of a link falls back by itself; the rest still applies.
const searchSchema = z.object({
  q: z.catch(z.optional(z.string().check(z.minLength(1), z.maxLength(500))), undefined),
  searchBy: z.catch(z.optional(z.enum(["url", "memo"])), undefined),
  status: z.catch(z.optional(z.pipe(z.transform(String), statusLabel)), undefined),
  tab: z.catch(z.optional(z.enum(jobTabs)), undefined),
  period: z.catch(z.optional(z.pipe(z.transform(String), z.enum(periods))), undefined),
  from: day,
  until: day,
  sort: z.catch(z.optional(z.enum(signedJobOrders as [SignedJobOrder, ...SignedJobOrder[]])), undefined),
  page: z.catch(z.optional(positive), undefined),
  limit: z.catch(z.optional(z.pipe(positive, z.literal([...pageSizes]))), undefined),
  view: z.catch(z.optional(z.string().check(z.regex(/^[0-9a-z-]{1,64}$/))), undefined),
});

/** The search parameters of the list's address; defaults are left out. */
export interface JobListSearch {
  readonly q?: string;
  readonly searchBy?: "url" | "memo";
  readonly status?: string;
  readonly tab?: JobTab;
  readonly period?: Period;
  /** First and last day of the period, both inclusive; only without `period`. */
  readonly from?: string;
  readonly until?: string;
  readonly sort?: SignedJobOrder;
  readonly page?: number;
  readonly limit?: number;
  /** Id of a saved view whose filters replace the others. */
  readonly view?: string;
}

/** What the list shows: parameters the upstream supports, and those that only stored jobs support. */
export interface JobListView extends JobListArguments {
  readonly tab: JobTab | "";
  readonly period: Period | "";
  readonly from: string;
  readonly until: string;
  readonly sort: SignedJobOrder | "";
}

const plainView: JobListView = {
  ...{ q: "", searchBy: "url", status: "", tab: "", period: "", from: "", until: "", sort: "" },
  ...{ page: 1, limit: defaultLimit },
};
export const noFilters = { q: "", status: "", period: "", from: "", until: "" } as const;

/** Whether the upstream cannot serve the view: it supports neither tabs nor periods nor an order. */
export const isKeptView = ({ tab, period, from, until, sort }: JobListView): boolean =>
  [tab, period, from, until, sort].some((value) => value !== "");

export const isFilteredView = (view: JobListView): boolean =>
  [view.q, view.status, view.period, view.from, view.until].some((value) => value !== "");

/** Leaves out parameters that have their default value. */
export function compactJobListSearch(view: JobListView): JobListSearch {
  return Object.fromEntries(
    Object.entries(view).filter(([name, value]) => plainView[name as keyof JobListView] !== value),
  );
}

/** The router names invalid parameters as `undefined`, which must not replace a default. */
const withoutUndefined = (search: object) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));

export const jobListView = (search: JobListSearch): JobListView => ({ ...plainView, ...withoutUndefined(search) });

export function readJobListSearch(raw: Record<string, unknown>): JobListSearch {
  const { from, until, ...search } = searchSchema.parse(raw);
  const days = search.period === undefined ? { from, until } : {};
  return withoutUndefined({ ...search, ...days });
}
