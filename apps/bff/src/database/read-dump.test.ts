import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { copyTarget, copyValue } from "./read-dump.ts";

/** Encodes a text in the COPY text format of PostgreSQL. */
const written = (text: string): string =>
  text.replace(
    /[\\\b\f\n\r\t\v]/g,
    (sign) => `\\${{ "\\": "\\", "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t", "\v": "v" }[sign]}`,
  );

describe("a dump of PostgreSQL", () => {
  it("gives back every text as it was, and tells no value from the text that looks like it", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("\\", "\t", "\n", "\r", "N", "n", "가", "\u2028", "\v", "'") }),
        (text) => {
          expect(written(text)).not.toMatch(/[\t\n]/);
          expect(copyValue(written(text))).toBe(text);
        },
      ),
    );
    expect(copyValue("\\N")).toBeNull();
    expect(copyValue("\\\\N")).toBe("\\N");
  });

  it("names table and columns, and nothing that is no name", () => {
    expect(copyTarget('COPY public.key (name, sealed, "at") FROM stdin;')).toEqual({
      table: "key",
      columns: ["name", "sealed", "at"],
    });
    for (const line of [
      "SET client_encoding = 'UTF8';",
      'COPY public."a;b" (x) FROM stdin;',
      "COPY key FROM stdin;",
      "",
    ])
      expect(copyTarget(line), line).toBeNull();
  });
});
