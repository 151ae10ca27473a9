/** Whether a URL is excluded from the scan. */
export type ExclusionRule = (url: URL) => boolean;

/**
 * Parses the exclusions of a job (docs/upstream-api.md section 6.2, `ExcludeUrl`; the matching is our interpretation). An entry
 * without a query excludes its path and everything below it, by whole segments: `/admin` covers `/admin/users` and
 * `/admin?tab=1`, not `/administrator`. An entry with a query excludes that one URL, in any order of its parameters. http and
 * https on their default ports count as the same site. In doubt it excludes more: doubled slashes, needless percent-encoding,
 * `;parameters` and a final `/*` are ignored. Relative entries are resolved against `startUrl`; an invalid URL throws, because a
 * rule that silently excludes nothing would let the scanner in.
 */
export function createExclusionRule(excludeUrls: readonly string[], startUrl: string): ExclusionRule {
  const hosts = new Map<string, Node>();
  for (const raw of excludeUrls) {
    if (raw.trim() === "") continue;
    const url = new URL(raw.trim(), startUrl);
    const segments = pathSegments(url.pathname);
    if (segments.at(-1) === "*") segments.pop();
    const root = hosts.get(url.host) ?? newNode();
    hosts.set(url.host, root);
    const node = segments.reduce(childOf, root);
    if (url.search === "") node.isWhole = true;
    else node.queries.add(queryKey(url));
  }

  return (url) => {
    let node = hosts.get(url.host);
    for (const segment of pathSegments(url.pathname)) {
      if (node === undefined || node.isWhole) break;
      node = node.children.get(segment);
    }
    return node !== undefined && (node.isWhole || (node.queries.size > 0 && node.queries.has(queryKey(url))));
  };
}

/** A path of exclusions as a tree, so that a lookup costs the length of the URL, not the number of exclusions. */
interface Node {
  readonly children: Map<string, Node>;
  /** Whether the path and everything below it is excluded. */
  isWhole: boolean;
  /** Queries of the single excluded URLs with this path. */
  readonly queries: Set<string>;
}

const newNode = (): Node => ({ children: new Map(), isWhole: false, queries: new Set() });

function childOf(node: Node, segment: string): Node {
  const known = node.children.get(segment);
  if (known !== undefined) return known;
  const child = newNode();
  node.children.set(segment, child);
  return child;
}

function pathSegments(pathname: string): string[] {
  return pathname
    .split("/")
    .map((segment) => decodeSegment(segment.split(";", 1)[0] ?? ""))
    .filter((segment) => segment !== "");
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Returns the query with its parameters sorted. */
function queryKey(url: URL): string {
  const sorted = new URLSearchParams(url.searchParams);
  sorted.sort();
  return sorted.toString();
}
