import { describe, expect, test } from "vitest";
import { readFiles } from "./read-sources.ts";

interface Rule {
  readonly name: string;
  readonly files: RegExp;
  readonly forbidden: RegExp;
}

const everything = /\.(?:tsx?|mjs|json|ya?ml|md|css|html|svg|txt|example)$|^\.(?:ci\/|gitignore|env)/;
const tests = /\.(?:test|spec)\.tsx?$/;

// The patterns are put together from pieces, so that this file does not break its own rules.
const rules: readonly Rule[] = [
  {
    name: "the address of a package registry",
    files: everything,
    forbidden: new RegExp(
      ["registry\\.(?:npmjs|yarnpkg|npmmirror)", "npmjs\\.(?:org|com)", "deb\\.debian\\.org"].join("|"),
    ),
  },
  {
    name: "a path of one machine",
    files: everything,
    forbidden: new RegExp(
      `(?:^|[\\s"'\`(=:])/(?:${["work", "root", "home/[\\w.-]+", "Users/[\\w.-]+"].join("|")})(?![\\w.-])`,
    ),
  },
  {
    name: "a test that is left out or left alone",
    files: tests,
    forbidden: new RegExp(
      `\\b(?:test|it|describe|suite)(?:\\.[a-zA-Z]+)*\\.(?:${["only", "skip", "todo", "fixme", "skipIf", "runIf"].join("|")})\\b`,
    ),
  },
  {
    name: "a mark of unfinished work",
    files: /\.(?:tsx?|mjs|css)$/,
    forbidden: new RegExp(`\\b(?:${["TO" + "DO", "FIX" + "ME", "XX" + "X"].join("|")})\\b`),
  },
];

const ruleNamed = (name: string): Rule => {
  const rule = rules.find((candidate) => candidate.name === name);
  if (rule === undefined) throw new Error(`no rule is named ${name}`);
  return rule;
};

describe("no file of the repository holds", () => {
  test.each(rules)("$name", ({ files, forbidden }) => {
    const found = [...readFiles(files)].flatMap(([path, text]) =>
      text
        .split("\n")
        .flatMap((line, index) => (forbidden.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

describe("the rules detect", () => {
  test.each([
    ["the address of a package registry", `resolved: https://registry.${"npmjs"}.org/x`],
    ["a path of one machine", `const base = "/${"work"}/main";`],
    ["a path of one machine", `cache=/${"root"}/.cache`],
    ["a path of one machine", `"/${"home"}/somebody/project"`],
    ["a test that is left out or left alone", `test.${"only"}("x", () => {});`],
    ["a test that is left out or left alone", `describe.${"skip"}("x", () => {});`],
    ["a test that is left out or left alone", `test.concurrent.${"skip"}("x", () => {});`],
    ["a mark of unfinished work", `// ${"TO"}${"DO"}: later`],
  ])("%s", (name, line) => {
    expect(line).toMatch(ruleNamed(name).forbidden);
  });

  test.each([
    ["a path of one machine", `const path = "/${"work"}-orders/1";`],
    ["a path of one machine", "https://example.com/home/page"],
    ["a test that is left out or left alone", "expect(list.only).toBe(1);"],
  ])("nothing in: %s, %s", (name, line) => {
    expect(line).not.toMatch(ruleNamed(name).forbidden);
  });
});
