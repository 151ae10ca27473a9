import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFindings } from "./read-findings.ts";

const at = (path: string) => `https://www.example.com${path}`;

describe("the content of Details", () => {
  it.each([
    ["one row without a list", { XSS: { Url: at("/a"), Parameter: "q" } }, [["XSS", at("/a"), "q"]]],
    [
      "rows below the host",
      { "www.example.com": { XSS: [{ Url: at("/a"), Parameter: "q" }] } },
      [["XSS", at("/a"), "q"]],
    ],
    [
      "plain URLs in a group",
      { XSS: { count: 2, urls: [at("/a"), at("/b")] } },
      [
        ["XSS", at("/a"), null],
        ["XSS", at("/b"), null],
      ],
    ],
    [
      "rows two levels down",
      { XSS: { Stored: { List: [{ Url: at("/a"), Parameter: "q" }] } } },
      [["XSS", at("/a"), "q"]],
    ],
  ])("is read as %s", (_, details, expected) => {
    const { findings } = readFindings(details);
    expect(findings.map(({ item, url, parameter }) => [item, url, parameter])).toEqual(expected);
  });

  it("keeps names on the path to a row", () => {
    const { findings } = readFindings({ XSS: { Stored: [{ Url: at("/a") }] } });
    expect(findings[0]?.otherFields).toContainEqual({ name: "Group", value: "Stored" });
  });

  it("drops nothing, for any shape", () => {
    let count = 0;
    const leaf = fc.constant(null).map(() => {
      count += 1;
      return `leaf${count}x`;
    });
    const names = fc.constantFrom(
      "XSS",
      "Url",
      "Risk",
      "Evidence",
      "List",
      "Stored",
      "www.example.com",
      "Payload",
      "x",
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(names, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, (details) => {
        const read = JSON.stringify(readFindings(details));
        for (const [text] of JSON.stringify(details).matchAll(/leaf\d+x/g)) expect(read).toContain(text);
      }),
      { numRuns: 300 },
    );
  });

  it("numbers findings deterministically", () => {
    const details = {
      XSS: [
        { Risk: "Low", Url: at("/a") },
        { Risk: "High", Url: at("/b") },
        { Risk: "Low", Url: at("/c") },
      ],
    };
    const numbers = () => readFindings(details).findings.map(({ number, url }) => `${number} ${url}`);
    expect(numbers()).toEqual([`H-01 ${at("/b")}`, `L-01 ${at("/a")}`, `L-02 ${at("/c")}`]);
    expect(numbers()).toEqual(numbers());
  });
});
