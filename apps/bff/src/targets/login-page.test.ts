import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readLoginPage } from "./login-page.ts";

const piece = fc.constantFrom(
  "<form>",
  "<FORM action=//evil>",
  "</form>",
  '<input type=hidden name=token value="a&quot;b">',
  "<input type='HIDDEN' name=other value=1",
  "<input type=hidden>",
  "<input type=password name=pw>",
  "<input name=pw>",
  "<script>",
  "</script>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<svg><style>",
  "</style>",
  "<template>",
  "<textarea>",
  "<title>",
  "<plaintext>",
  "<a ".repeat(50),
  "&#0;&#x110000;&amp;",
  "\0\u2028\ud800",
  "<b",
  ">",
  '"',
  "visible",
);
const page = fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 20 })), { maxLength: 40 });

describe("a login page", () => {
  it("yields only named hidden fields and collapsed text, for any markup", () => {
    fc.assert(
      fc.property(page, fc.option(fc.constantFrom("pw", "token", "")), (pieces, password) => {
        const { hidden, text } = readLoginPage(pieces.join(""), password);
        for (const [name, value] of hidden) {
          expect(name).not.toBe("");
          expect(typeof value).toBe("string");
        }
        expect(text).toBe(text.replace(/\s+/g, " ").trim());
      }),
    );
  });

  it("gives the hidden fields of the form with the password field, among other markup", () => {
    const outside = page.map((pieces) => pieces.join("").replaceAll(/[<>]/g, ""));
    const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.$-]{0,10}$/);
    const value = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replaceAll(/[\r\0]/g, ""));
    const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    fc.assert(
      fc.property(outside, fc.array(fc.tuple(name, value), { maxLength: 5 }), outside, (before, fields, after) => {
        const inputs = fields.map(([key, word]) => `<input type="hidden" name="${key}" value="${escaped(word)}">`);
        const html = `${before}<form><input name=q><input type=hidden name=decoy></form>
          <form>${inputs.join("")}<input type=password name=pw></form>${after}`;
        const { hidden, asksForPassword } = readLoginPage(html, "pw");
        expect(hidden).toEqual(fields);
        expect(asksForPassword).toBe(true);
      }),
    );
  });

  it.each([
    ["a hundred thousand open elements", "<div>".repeat(100_000)],
    ["a hundred thousand forms", "<form><input type=hidden name=a value=b>".repeat(100_000)],
    ["a tag that never ends", `<input ${"a=b ".repeat(200_000)}`],
    ["nothing but ampersands", "&".repeat(800_000)],
  ])("of %s costs no more than a moment", (_, html) => {
    const begun = performance.now();
    readLoginPage(html, "pw");
    expect(performance.now() - begun).toBeLessThan(60_000);
  });

  it.each([
    ["a script", "<script>var a = '<input type=password name=pw>'</script>"],
    ["a comment", "<!-- <form><input type=password name=pw></form> -->"],
    ["an attribute", '<a title="<input name=pw>">x</a>'],
    ["a text area", "<textarea><input name=pw></textarea>"],
  ])("is not taken in by %s that looks like the field", (_, html) => {
    expect(readLoginPage(html, "pw")).toMatchObject({ asksForPassword: false, hidden: [] });
  });
});
