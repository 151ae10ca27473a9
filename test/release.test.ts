import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changelogProblems } from "../scripts/release/changelog.ts";
import { readFiles, root } from "./read-sources.ts";

const changelog = (unreleased: string, released: string): string =>
  `# Changelog\n\n## [Unreleased]\n${unreleased}\n## ${released}\n\n## [0.1.0] - 2026-01-01\n\n### Added\n\n- a\n`;
const entry = "\n### Added\n\n- b\n";

describe("the version", () => {
  it("is defined only in the root's package.json", () => {
    const versions = [...readFiles(/(?:^|\/)package\.json$/)].flatMap(([path, text]) =>
      "version" in JSON.parse(text) ? [path] : [],
    );
    expect(versions).toEqual(["package.json"]);
  });

  it("has a section in the changelog", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(changelogProblems(version, readFileSync(join(root, "CHANGELOG.md"), "utf8"))).toEqual([]);
  });
});

describe("the rules of the changelog", () => {
  it("accept a release with a dated section, and a development version with unreleased changes", () => {
    expect(changelogProblems("0.2.0", changelog("", `[0.2.0] - 2026-02-01\n${entry}`))).toEqual([]);
    expect(changelogProblems("0.3.0-dev", changelog(entry, `[0.2.0] - 2026-02-01\n${entry}`))).toEqual([]);
  });

  it("report what is missing", () => {
    const dated = `[0.2.0] - 2026-02-01\n${entry}`;
    for (const [version, text, problem] of [
      ["0.2", changelog("", dated), "not a version"],
      ["v0.2.0", changelog("", dated), "not a version"],
      ["0.2.0", "# Changelog\n", "does not begin"],
      ["0.3.0", changelog("", dated), "not the newest"],
      ["0.2.0", changelog("", `[0.2.0]\n${entry}`), "no date"],
      ["0.2.0", changelog("", "[0.2.0] - 2026-02-01\n"), "no entry"],
      ["0.2.0", changelog(entry, dated), "[Unreleased] has entries"],
      ["0.3.0-dev", changelog("", dated), "no entry"],
      ["0.2.0-dev", changelog(entry, dated), "released already"],
      ["0.2.0", changelog("", `0.2.0 - 2026-02-01\n${entry}`), "a heading is not"],
      ["0.2.0", changelog("", "[0.2.0] - 2026-02-01\n\n### News\n\n- b\n"), "unknown group"],
    ] as const) {
      expect(changelogProblems(version, text).join("\n"), `${version}: ${problem}`).toContain(problem);
    }
  });
});
