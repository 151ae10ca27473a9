/** Whether a URL must be left alone. */
export type ExclusionRule = (url: URL) => boolean;

/**
 * Reads the exclusions of a job (docs/upstream-api.md section 6.2, `ExcludeUrl`; how they match is our reading).
 * Without a query an entry excludes its path and everything below it, counted in whole segments: `/admin`
 * covers `/admin/users` and `/admin?tab=1`, not `/administrator`. With a query it excludes that one URL,
 * whatever the order of its parameters. http and https on their usual ports are the same site here.
 * In doubt more is excluded: doubled slashes, needless percent signs, `;parameters` and a final `/*` make no difference.
 * A relative entry is read against `startUrl`; one that is no URL at all throws, because a rule that
 * silently excludes nothing would let the scanner in.
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

/** A path of exclusions: a tree, so that asking costs the length of the URL, however many exclusions there are. */
interface Node {
  readonly children: Map<string, Node>;
  /** The path and everything below it. */
  isWhole: boolean;
  /** Single URLs of this path, by their query. */
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

/** The query with its parameters in a fixed order. */
function queryKey(url: URL): string {
  const sorted = new URLSearchParams(url.searchParams);
  sorted.sort();
  return sorted.toString();
}
