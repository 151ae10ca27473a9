/** The rules of CHANGELOG.md, so that no archive contains an unrecorded change. */

interface Section {
  readonly version: string;
  readonly date: string | undefined;
  readonly entries: number;
  readonly groups: readonly string[];
}

const knownGroups: ReadonlySet<string> = new Set(["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]);
const versionPattern = /^[0-9]+\.[0-9]+\.[0-9]+(?:-[0-9A-Za-z.-]+)?$/;

function readSections(text: string): Section[] {
  return text
    .split(/^## /m)
    .slice(1)
    .map((part) => {
      const [heading = "", ...lines] = part.split("\n");
      const [, version = "", date] = /^\[([^\]]*)\](?: - ([0-9]{4}-[0-9]{2}-[0-9]{2}))?$/.exec(heading.trimEnd()) ?? [];
      const groups = lines.flatMap((line) => (line.startsWith("### ") ? [line.slice(4).trim()] : []));
      return { version, date, groups, entries: lines.filter((line) => line.startsWith("- ")).length };
    });
}

/**
 * The problems of a changelog for a version, as sentences. A version with a hyphen, such as 1.3.0-dev, is between two releases:
 * its changes are under "Unreleased". A release has its own section with its date, and "Unreleased" is empty.
 */
export function changelogProblems(version: string, text: string): string[] {
  if (!versionPattern.test(version)) return [`${version} is not a version such as 1.2.0 or 1.3.0-dev`];
  const [unreleased, ...released] = readSections(text);
  if (unreleased?.version !== "Unreleased") return ["CHANGELOG.md does not begin with a section [Unreleased]"];
  const problems = [unreleased, ...released].flatMap(({ version: name, groups }) => [
    ...(name === "" ? ["a heading is not [VERSION] or [VERSION] - YYYY-MM-DD"] : []),
    ...groups.filter((group) => !knownGroups.has(group)).map((group) => `[${name}] has an unknown group: ${group}`),
  ]);
  if (version.includes("-")) {
    const [base = ""] = version.split("-");
    if (released.some((section) => section.version === base))
      problems.push(`${version}: [${base}] is released already`);
    if (unreleased.entries === 0) problems.push(`${version}: [Unreleased] has no entry`);
    return problems;
  }
  const [newest] = released;
  if (newest?.version !== version) return [...problems, `[${version}] is not the newest section`];
  if (newest.date === undefined) problems.push(`[${version}] has no date`);
  if (newest.entries === 0) problems.push(`[${version}] has no entry`);
  if (unreleased.entries > 0) problems.push(`[Unreleased] has entries: give them to [${version}]`);
  return problems;
}
