import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createExclusionRule } from "./exclusion-rule.ts";

const start = "https://shop.example.com/";

function isExcluded(exclusion: string, url: string): boolean {
  return createExclusionRule([exclusion], start)(new URL(url, start));
}

describe("an exclusion without a query", () => {
  it.each([
    ["/admin", "/admin"],
    ["/admin", "/admin/"],
    ["/admin", "/admin/users/7"],
    ["/admin", "/admin?tab=1"],
    ["/admin/", "/admin"],
    ["/admin/", "/admin/users"],
    ["/admin/*", "/admin/users"],
    ["/admin#top", "/admin/users"],
    ["/", "/anything/at/all?x=1"],
    ["/admin", "/%61dmin/users"],
    ["/admin", "https://shop.example.com//admin/users"],
    ["/admin", "/x/../admin/users"],
    ["/admin", "/admin;jsessionid=1/users"],
    ["/관리", "/%EA%B4%80%EB%A6%AC/1"],
    ["http://shop.example.com/admin", "https://shop.example.com/admin/users"],
    ["https://SHOP.example.com:443/admin", "/admin"],
    ["  https://shop.example.com/admin  ", "/admin"],
  ])("%s covers %s", (exclusion, url) => {
    expect(isExcluded(new URL(exclusion.trim(), start).href, url)).toBe(true);
    expect(isExcluded(exclusion, url)).toBe(true);
  });

  it.each([
    ["/admin", "/administrator"],
    ["/admin", "/admin.html"],
    ["/admin", "/"],
    ["/admin", "/shop/admin"],
    ["/admin/users", "/admin"],
    ["/Admin", "/admin"],
    ["https://other.example.com/admin", "/admin"],
    ["https://shop.example.com:8443/admin", "/admin"],
  ])("%s leaves %s alone", (exclusion, url) => {
    expect(isExcluded(exclusion, url)).toBe(false);
  });
});

describe("an exclusion with a query", () => {
  it("covers that URL with its parameters in any order", () => {
    expect(isExcluded("/item?id=3&delete=1", "/item?delete=1&id=3")).toBe(true);
  });

  it.each(["/item", "/item?id=3", "/item?id=3&delete=1&more=1", "/item/sub?id=3&delete=1", "/other?id=3&delete=1"])(
    "does not cover %s",
    (url) => {
      expect(isExcluded("/item?id=3&delete=1", url)).toBe(false);
    },
  );
});

describe("a list of exclusions", () => {
  it("excludes nothing when it is empty or blank", () => {
    expect(createExclusionRule(["", "  "], start)(new URL(start))).toBe(false);
  });

  it("refuses an entry that is not a URL instead of ignoring it", () => {
    expect(() => createExclusionRule(["https://[broken"], start)).toThrow(TypeError);
  });
});

describe("for any paths", () => {
  const segment = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 8 })
    .filter((part) => !/^\.{1,2}$|[;*]/.test(part));
  const path = fc.array(segment, { minLength: 1, maxLength: 4 });
  const urlOf = (parts: readonly string[], search = ""): string =>
    `${start}${parts.map(encodeURIComponent).join("/")}${search}`;

  it("an exclusion covers its own URL and everything below it, in any spelling", () => {
    fc.assert(
      fc.property(path, fc.array(segment, { maxLength: 3 }), fc.boolean(), (excluded, below, slash) => {
        const entry = `${urlOf(excluded)}${slash ? "/" : ""}`;
        expect(isExcluded(entry, urlOf(excluded))).toBe(true);
        expect(isExcluded(entry, urlOf([...excluded, ...below], "?a=1#b"))).toBe(true);
        expect(isExcluded(entry.replace("https:", "http:"), urlOf([...excluded, ...below]))).toBe(true);
      }),
    );
  });

  it("an exclusion covers nothing above it, beside it or on another host", () => {
    fc.assert(
      fc.property(path, segment, (excluded, other) => {
        const entry = urlOf(excluded);
        expect(isExcluded(entry, urlOf(excluded.slice(0, -1)))).toBe(false);
        fc.pre(other !== excluded.at(-1));
        expect(isExcluded(entry, urlOf([...excluded.slice(0, -1), other]))).toBe(false);
        expect(isExcluded(entry, entry.replace("shop.", "other."))).toBe(false);
      }),
    );
  });

  it("adding an exclusion never permits a URL that was excluded", () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 4 }), path, path, (entries, more, visited) => {
        const before = createExclusionRule(
          entries.map((entry) => urlOf(entry)),
          start,
        );
        const after = createExclusionRule(
          [...entries, more].map((entry) => urlOf(entry)),
          start,
        );
        const url = new URL(urlOf(visited));
        expect(!before(url) || after(url)).toBe(true);
      }),
    );
  });
});
