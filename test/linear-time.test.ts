import { stripTypeScriptTypes } from "node:module";
import { Linter } from "eslint";
import regexp from "eslint-plugin-regexp";
import { describe, expect, test } from "vitest";
import { readFiles } from "./read-sources.ts";

const linter = new Linter();
/** Parsing foreign input takes time linear in its length (docs/threat-model.md). */
const rules: Linter.Config = {
  languageOptions: { ecmaVersion: "latest", sourceType: "module" },
  linterOptions: { reportUnusedDisableDirectives: "error" },
  plugins: { regexp: regexp as never },
  rules: {
    "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
    "regexp/no-super-linear-move": ["error", { report: "potential", ignoreSticky: false, ignorePartial: false }],
    "no-restricted-syntax": [
      "error",
      {
        selector: ":matches(NewExpression, CallExpression)[callee.name='RegExp']",
        message: "An expression that is built cannot be judged: search for literals.",
      },
      {
        selector: "CallExpression[callee.property.name=/^(?:min|max|fromCharCode|fromCodePoint)$/] > SpreadElement",
        message: "A list of any length does not fit into arguments: use a loop.",
      },
    ],
  },
};

function faultsOf(source: string): string[] {
  return linter
    .verify(stripTypeScriptTypes(source), [rules])
    .map(({ line, ruleId, message }) => `${line}: ${ruleId ?? "syntax"}: ${message}`);
}

/** Violations that may stay, with the reason: the end of the file's path, and the rule. */
const bounded: readonly (readonly [file: string, rule: string])[] = [
  // Only two candidates.
  ["domain/wall-time.ts", "no-restricted-syntax"],
  // Built from the paths of our own pages.
  ["api/page-paths.ts", "no-restricted-syntax"],
];

describe("no source that reads untrusted text", () => {
  const sources = readFiles(/^(?:packages\/[^/]+|apps\/bff)\/src\/(?!.*\/testing\/).*(?<!\.test|\.d)\.ts$/);

  test("has a backtracking or constructed regular expression, or a list spread into arguments", {
    timeout: 300_000,
  }, () => {
    expect(sources.size).toBeGreaterThan(200);
    const faults = [...sources].flatMap(([file, text]) =>
      faultsOf(text)
        .filter((fault) => !bounded.some(([end, rule]) => file.endsWith(end) && fault.includes(rule)))
        .map((fault) => `${file}:${fault}`),
    );
    expect(faults).toEqual([]);
  });
});

describe("a planted fault is reported:", () => {
  test.each([
    ["two repetitions that exchange signs", String.raw`export const a = /^\s*\d*\s*$/;`],
    ["a repetition of a repetition", "export const a = /^(?:a+)+$/;"],
    ["an expression that starts again at each sign", `export const a = "".replace(/[?#].*$/, "");`],
    ["white space around a line end", String.raw`export const a = (b: string): string => b.replace(/\s*\n\s*/g, " ");`],
    ["an expression built of text", `export const a = (b: string) => new RegExp(b, "g");`],
    ["a list in arguments", "export const a = (b: number[]) => Math.max(0, ...b);"],
  ])("%s", (_, source) => {
    expect(faultsOf(source)).toHaveLength(1);
  });

  test("while a linear expression and a plain call are not", () => {
    expect(faultsOf("export const a: RegExp = /^[a-z]+$/; export const b = Math.max(1, 2);")).toEqual([]);
  });
});
