import type { SavedView } from "@wsc-dashboard/wsc-core";

/** What stands in the address of a list beside filters and order. */
const notKept: ReadonlySet<string> = new Set(["page", "view"]);

/** The part of an address that a view keeps. */
export function keptSearch(search: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(search)
      .filter(([name, value]) => !notKept.has(name) && value !== undefined && value !== null)
      .map(([name, value]) => [name, String(value)]),
  );
}

const textOf = (search: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(search).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The view that an address shows; of several alike the one named in it, else an own one. */
export function viewOfSearch(views: readonly SavedView[], search: object): SavedView | undefined {
  const wanted = textOf(keptSearch(search));
  const alike = views.filter((view) => textOf(keptSearch(view.search)) === wanted);
  return alike.find(({ isOwn }) => isOwn) ?? alike[0];
}

/** The view that a list opens with: the one that the address names, else for an address without filters the chosen one. */
export function viewToOpen(views: readonly SavedView[], search: object): SavedView | undefined {
  const named = "view" in search ? search.view : undefined;
  if (named !== undefined) return views.find(({ id }) => id === named);
  return Object.keys(keptSearch(search)).length === 0 ? views.find(({ isDefault }) => isDefault) : undefined;
}
