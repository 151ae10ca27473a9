import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mentionedIn } from "./mentions.ts";

describe("a note mentions", () => {
  it("names after @, in any script, each once, without the full stop of the sentence", () => {
    for (const [text, names] of [
      ["@kim please look, @lee.j too.", ["kim", "lee.j"]],
      ["@김보안 확인 부탁드립니다. @김보안", ["김보안"]],
      ["(@mori-san), @mori_san", ["mori-san", "mori_san"]],
      ["@kim.", ["kim"]],
    ] as const)
      expect(mentionedIn(text), text).toEqual(names);
  });

  it("nobody where no name stands after @, or where it is a mail address", () => {
    for (const text of ["", "@", "@ kim", "kim@example.com", "a@b@c", "@...", "@@kim", `@${"a".repeat(81)}`])
      expect(mentionedIn(text), text).toEqual([]);
  });

  it("at most ten names, of any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("@", "a", ".", " ", "가", "-") }), (text) => {
        const names = mentionedIn(text);
        expect(names.length).toBeLessThanOrEqual(10);
        for (const name of names) expect(text).toContain(`@${name}`);
      }),
    );
    expect(mentionedIn(Array.from({ length: 30 }, (_, index) => `@a${index}`).join(" "))).toHaveLength(10);
  });
});
