import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { newerFeaturesIn } from "../newer-features.ts";
import { readSupportedBrowsers, supportedBrowsers, supportedBrowsersText } from "../supported-browsers.ts";

const oldest = readSupportedBrowsers(["chrome >= 120", "edge >= 120", "firefox >= 128", "safari >= 17.4"]);

describe("the supported browsers", () => {
  it("refuse an entry that is not understood, and a browser that is missing", () => {
    for (const entry of ["chrome 120", "opera >= 120", "chrome >= new", "chrome >= 120 ", ""])
      expect(() => readSupportedBrowsers([entry])).toThrow(/not understood/);
    expect(() => readSupportedBrowsers(["chrome >= 120"])).toThrow(/edge/);
  });

  it("are those that the README names, in every language", () => {
    expect(supportedBrowsers).toHaveLength(4);
    for (const name of ["README.md", "README.ko.md", "README.ja.md"])
      expect(readFileSync(new URL(`../../../${name}`, import.meta.url), "utf8")).toContain(supportedBrowsersText);
  });
});

describe("the search for newer features", () => {
  it("finds globals, static members and methods of JavaScript", () => {
    const scripts = `new Intl.DurationFormat("en");a.isSubsetOf(b);Array.fromAsync(c);URL.parse(d);
      RegExp.escape(e);f instanceof Iterator;Promise.try(g);h.toArray();document.startViewTransition(i)`;
    expect(newerFeaturesIn({ scripts, styles: "" }, oldest)).toEqual(
      expect.arrayContaining([
        "Intl.DurationFormat",
        ".isSubsetOf",
        "Array.fromAsync",
        "URL.parse",
        "RegExp.escape",
        "Iterator",
        "Promise.try",
        ".toArray",
        ".startViewTransition",
      ]),
    );
  });

  it("finds properties, values, functions, rules and selectors of CSS", () => {
    const styles = `a{color:light-dark(red,blue);field-sizing:content;text-wrap:pretty}
      @starting-style{a{color:red}}details::details-content{height:auto}@page{@top-left{content:"a"}}`;
    expect(newerFeaturesIn({ scripts: "", styles }, oldest)).toEqual(
      expect.arrayContaining([
        "light-dark()",
        "field-sizing",
        "text-wrap: pretty",
        "@starting-style",
        ":details-content",
        "@top-left",
      ]),
    );
  });

  it("passes what every supported browser has", () => {
    const scripts = `Map.groupBy(a,b);URL.canParse(c);Promise.withResolvers();d.toSorted();e.findLast(f);
      new Intl.Segmenter();"an Iterator in a text";new AbortController().abort()`;
    const styles =
      "a:has(b){color:color-mix(in srgb,red,blue);inset:0}@layer a{b{margin:0}}@container (width<1px){a{gap:0}}";
    expect(newerFeaturesIn({ scripts, styles }, oldest)).toEqual([]);
  });
});
