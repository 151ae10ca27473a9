const storageName = "wsc_dismissed";

/** Ids of ended submissions that the person has dismissed; kept as long as the tab is open. */
export function readDismissed(): ReadonlySet<string> {
  try {
    return new Set((sessionStorage.getItem(storageName) ?? "").split(" "));
  } catch {
    return new Set();
  }
}

export function dismiss(id: string): ReadonlySet<string> {
  const ids = new Set(readDismissed()).add(id);
  try {
    sessionStorage.setItem(storageName, [...ids].join(" "));
  } catch {
    // Without session storage the dismissal lasts as long as the page.
  }
  return ids;
}
