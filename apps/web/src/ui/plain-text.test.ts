import { describe, expect, it } from "vitest";
import { namedPages } from "./paging.tsx";
import { withVisibleControls } from "./plain-text.tsx";

describe("text from outside", () => {
  it("shows characters that reorder or hide text", () => {
    expect(withVisibleControls("abc\u202Edef\u0000\u200B\u2066")).toBe("abc[U+202E]def[U+0000][U+200B][U+2066]");
  });

  it.each(["<script>alert(1)</script>", "한국어 日本語", "a\tb\nc", "👩‍👩‍👧", "\"&'<>"])(
    "leaves %j as it is",
    (text) => {
      expect(withVisibleControls(text)).toBe(text);
    },
  );
});

describe("the pages shown in paging", () => {
  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [1, 9, [1, 2, 0, 9]],
    [5, 9, [1, 0, 4, 5, 6, 0, 9]],
    [3, 9, [1, 2, 3, 4, 0, 9]],
    [4, 9, [1, 2, 3, 4, 5, 0, 9]],
    [9, 9, [1, 0, 8, 9]],
    [40, 9, [1, 0, 9]],
  ])("around page %i of %i are %j", (page, pageCount, pages) => {
    expect(namedPages(page, pageCount)).toEqual(pages);
  });
});
