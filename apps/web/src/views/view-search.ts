import type { SavedView } from "@wsc-dashboard/wsc-core";

/** Search parameters that are neither filters nor order. */
const notKept: ReadonlySet<string> = new Set(["page", "view"]);

/** The search parameters that a view saves. */
export function keptSearch(search: object): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(search)
      .filter(([name, value]) => !notKept.has(name) && value !== undefined && value !== null)
      .map(([name, value]) => [name, String(value)]),
  );
}

const textOf = (search: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.entries(search).sort(([a], [b]) => (a < b ? -1 : 1)));

/** The view whose filters the address has; of several equal ones, the person's own. */
export function viewOfSearch(views: readonly SavedView[], search: object): SavedView | undefined {
  const wanted = textOf(keptSearch(search));
  const alike = views.filter((view) => textOf(keptSearch(view.search)) === wanted);
  return alike.find(({ isOwn }) => isOwn) ?? alike[0];
}

/** The view that a list opens with: the one that the address names, or the default one when the address has no filters. */
export function viewToOpen(views: readonly SavedView[], search: object): SavedView | undefined {
  const named = "view" in search ? search.view : undefined;
  if (named !== undefined) return views.find(({ id }) => id === named);
  return Object.keys(keptSearch(search)).length === 0 ? views.find(({ isDefault }) => isDefault) : undefined;
}
