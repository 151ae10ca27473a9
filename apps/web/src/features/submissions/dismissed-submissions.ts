const storageName = "wsc_dismissed";

/** Ids of submissions whose end the person has read and put away; kept as long as the tab is open. */
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
    // Put away for this page only.
  }
  return ids;
}
