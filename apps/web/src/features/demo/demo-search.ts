/** Progress of the demo, in the address so that a reload keeps it: the submissions of its scans, and whether it was patched. */
export interface DemoSearch {
  readonly scan?: string;
  readonly login?: string;
  readonly rescan?: string;
  readonly patched?: string;
}
export type DemoScan = "scan" | "login" | "rescan";

/** Read without a schema: the router, and with it this, is part of the first page. */
export function readDemoSearch(raw: Record<string, unknown>): DemoSearch {
  return Object.fromEntries(
    ["scan", "login", "rescan", "patched"].flatMap((name) =>
      /^(?:1|[0-9a-f-]{36})$/.test(String(raw[name])) ? [[name, String(raw[name])]] : [],
    ),
  );
}
