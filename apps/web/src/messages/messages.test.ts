import { errorCatalogue } from "@wsc-dashboard/wsc-core";
import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import { ko } from "./ko.ts";

type Leaf = readonly [path: string, text: string];

const samples = [7, "7", "7", "7", "7", 7] as const;

/** Every text of a catalogue with its path; functions are called with the same values in each language. */
function leaves(value: unknown, path = ""): readonly Leaf[] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function") return [[path, String(value(...samples))]];
  return Object.entries(value as object).flatMap(([name, entry]) =>
    leaves(entry, path === "" ? name : `${path}.${name}`),
  );
}

/** Names and signs that are the same in every language. */
const sameEverywhere: ReadonlySet<string> = new Set([
  "shell.product",
  "jobs.searchByWords.url",
  "shell.sentences",
  "shell.labelled",
  "create.userAgentWords.iPhone",
]);

const others = { ko, ja };
const english = new Map(leaves(en));
const errorCodes = Object.keys(en.errors);

describe.each(Object.entries(others))("the %s catalogue", (_, catalogue) => {
  it("has exactly the texts the English one has", () => {
    expect(
      leaves(catalogue)
        .map(([path]) => path)
        .sort(),
    ).toEqual([...english.keys()].sort());
  });

  it("leaves nothing in English but names", () => {
    const untranslated = leaves(catalogue).filter(
      ([path, text]) => english.get(path) === text && !sameEverywhere.has(path),
    );
    expect(untranslated).toEqual([]);
  });

  it("is written in its own script, apart from what is the same everywhere", () => {
    const script = catalogue === ko ? /\p{Script=Hangul}/u : /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
    const foreign = leaves(catalogue).filter(([path, text]) => !script.test(text) && !sameEverywhere.has(path));
    expect(foreign).toEqual([]);
  });

  it("does not speak the other language's script", () => {
    const wrong = catalogue === ko ? /[\p{Script=Hiragana}\p{Script=Katakana}]/u : /\p{Script=Hangul}/u;
    expect(leaves(catalogue).filter(([, text]) => wrong.test(text))).toEqual([]);
  });
});

describe.each(Object.entries({ en, ...others }))("the errors in %s", (_, { errors }) => {
  it("have a text for every code of the catalogue", () => {
    expect(errorCodes).toEqual(expect.arrayContaining(Object.keys(errorCatalogue)));
    for (const code of Object.keys(errorCatalogue)) {
      expect(Object.hasOwn(errors, code), code).toBe(true);
    }
  });

  it("never put the bare code into the headline, nor blame or apologise", () => {
    for (const [code, { title, next }] of Object.entries(errors)) {
      expect(title, code).not.toContain(code);
      expect(`${title} ${next}`.toLowerCase()).not.toMatch(/oops|sorry|죄송|申し訳/);
    }
  });

  it("say what happened and what to do in whole sentences", () => {
    for (const [code, { title, next }] of Object.entries(errors)) {
      expect.soft(title, code).toMatch(/.{5}[.。]$/);
      expect.soft(next, code).toMatch(/.{3}[.。]$/);
      expect.soft(title, code).not.toBe(next);
    }
  });

  it("hold no two spaces, no space at an end and no forgotten placeholder", () => {
    for (const { title, next } of Object.values(errors)) {
      expect(`${title}|${next}`).not.toMatch(/ {2}|^ | $|\$\{|undefined/);
    }
  });
});

describe("Korean sentences", () => {
  it("put no particle behind a value, whose last sound nobody knows", () => {
    const marked = leaves(ko).filter(([, text]) => /7(?:을|를|은|는|이|가|와|과|으로|로)(?:\s|$|[.,])/.test(text));
    expect(marked).toEqual([]);
  });
});
