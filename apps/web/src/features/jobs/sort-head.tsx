import { Link } from "@tanstack/react-router";
import type { JobOrder, SignedJobOrder } from "@wsc-dashboard/wsc-core";
import type { ReactNode } from "react";
import { compactJobListSearch, type JobListView } from "./job-list-search.ts";

/** Orders that start ascending; for the others the largest values are of interest first. */
const upFirst: ReadonlySet<JobOrder> = new Set(["target", "expires"]);

/** The direction in which a list is sorted by a column, if it is. */
export function sortedBy({ sort }: JobListView, order: JobOrder): "ascending" | "descending" | undefined {
  if (sort === order) return "ascending";
  return sort === `-${order}` ? "descending" : undefined;
}

/** The order after a click on a column head: one direction, then the other, then the default. */
export function nextSort({ sort }: JobListView, order: JobOrder): SignedJobOrder | "" {
  const [first, second]: readonly SignedJobOrder[] = upFirst.has(order) ? [order, `-${order}`] : [`-${order}`, order];
  if (sort === first) return second ?? "";
  return sort === second ? "" : (first ?? "");
}

interface SortHeadProps {
  readonly order: JobOrder;
  readonly list: JobListView;
  readonly children: ReactNode;
}

/** The content of a sortable column's head. */
export function SortHead({ order, list, children }: SortHeadProps) {
  const direction = sortedBy(list, order);
  return (
    <Link
      className={`inline-flex items-center gap-1.5 -my-0.5 py-0.5 text-inherit no-underline hover:text-text hover:underline ${direction === undefined ? "" : "font-bold text-text"}`}
      to="/jobs"
      search={compactJobListSearch({ ...list, sort: nextSort(list, order), page: 1 })}
      replace
    >
      {children}
      {direction === undefined ? null : <span aria-hidden="true">{direction === "descending" ? "↓" : "↑"}</span>}
    </Link>
  );
}
