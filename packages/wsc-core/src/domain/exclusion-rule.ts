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
  const rules = excludeUrls
    .filter((raw) => raw.trim() !== "")
    .map((raw) => {
      const url = new URL(raw.trim(), startUrl);
      const segments = pathSegments(url.pathname);
      if (segments.at(-1) === "*") segments.pop();
      return { host: url.host, segments, query: url.search === "" ? null : queryKey(url) };
    });

  return (url) => {
    const segments = pathSegments(url.pathname);
    return rules.some(
      (rule) =>
        rule.host === url.host &&
        rule.segments.every((segment, index) => segments[index] === segment) &&
        (rule.query === null || (rule.segments.length === segments.length && rule.query === queryKey(url))),
    );
  };
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
