import { describe, expect, it } from "vitest";
import { readFiles } from "./read-sources.ts";
import { definedClasses, readStyleSheets, unknownUtilities, usedClasses } from "./style-classes.ts";

/** Marks that have no look: `group` and `peer` are what variants of other elements refer to. */
const marks = /^(?:group|peer)(?:\/[a-z]+)?$/;
const sources = readFiles(/^apps\/web\/(?:index\.html|src\/.*(?<!\.test)\.tsx?)$/);
const own = definedClasses(readStyleSheets().values());
const used = new Map<string, string>();
for (const [path, text] of sources) for (const name of usedClasses(text)) if (!used.has(name)) used.set(name, path);

describe("the classes of the dashboard", () => {
  it("are utilities of Tailwind or have a rule in a style sheet", async () => {
    const others = [...used.keys()].filter((name) => !own.has(name) && !name.endsWith("…") && !marks.test(name));
    const unknown = await unknownUtilities(others);
    expect(
      unknown.map((name) => `${name} in ${used.get(name)}: no utility, and no rule in apps/web/src/styles`),
    ).toEqual([]);
  });

  it("are used, where a style sheet has a rule for them", () => {
    // Classes of rows that are made without React, and names that are put together, are words somewhere in a source.
    const words = new Set([...sources.values()].flatMap((text) => text.match(/[\w-]+(?:\$\{)?/g) ?? []));
    const beginnings = [...words]
      .filter((word) => word.endsWith("${") && word.includes("-"))
      .map((word) => word.slice(0, -2));
    const isNamed = (name: string): boolean =>
      words.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
    const unused = [...own].filter((name) => !used.has(name) && !(name.includes("-") && isNamed(name)));
    expect(unused).toEqual([]);
  });

  it("are mostly utilities: all style sheets together stay short", () => {
    const sheets = [...readFiles(/^apps\/web\/src\/.*\.css$/).values()];
    expect(sheets.map((text) => text.split("\n").length - 1).reduce((sum, lines) => sum + lines, 0)).toBeLessThan(500);
  });

  it("are found in attributes, expressions, constants and tables of classes", () => {
    const source = `
      const rowClass = "p-1 m-1";
      const toneClasses: Record<string, string> = { high: "text-high", low: \`text-low \${x}\` };
      const column = { className: "w-1", cellClassName: "w-2" };
      <a className="flex gap-1" /><b className={kind === "sheet" ? "m-2" : \`m-3 \${isOpen ? "m-4" : ""} tint-\${level}\`} />`;
    expect([...usedClasses(source)].sort()).toEqual(
      ["flex", "gap-1", "m-1", "m-2", "m-3", "m-4", "p-1", "text-high", "text-low", "tint-…", "w-1", "w-2"].sort(),
    );
  });

  it("are told from what is no utility", async () => {
    expect(await unknownUtilities(["text-high", "muted", "text-no-such-token", "md:flex"])).toEqual([
      "muted",
      "text-no-such-token",
    ]);
  });

  it("are found in selectors and not in values or comments", () => {
    expect(
      [...definedClasses([".a > b.c:hover { margin: .5rem; } @media (width < 3.5rem) { .d { color: red } }"])].sort(),
    ).toEqual(["a", "c", "d"]);
  });
});
