import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readChanges } from "./read-changes.ts";

describe("the changelog on the help page", () => {
  it("has versions, groups and changes without marks of Markdown", () => {
    const text =
      "# Changelog\n\n## [1.0.0] - 2026-01-02\n\n### Added\n\n- `a` and\n  [b](c.md).\n- d\n\n### Fixed\n\n- e\n";
    expect(readChanges(text)).toEqual([
      {
        version: "1.0.0 - 2026-01-02",
        groups: [
          { title: "Added", changes: ["a and b.", "d"] },
          { title: "Fixed", changes: ["e"] },
        ],
      },
    ]);
  });

  it("reads all of the repository's own", () => {
    const text = readFileSync(new URL("../../../../../CHANGELOG.md", import.meta.url), "utf8");
    const changes = readChanges(text).flatMap(({ groups }) => groups.flatMap((group) => group.changes));
    expect(changes).toHaveLength(text.split("\n").filter((line) => line.startsWith("- ")).length);
  });

  it("makes nothing of lines outside of a version", () => {
    expect(readChanges("- a\n  b\n### c\n")).toEqual([]);
  });
});
