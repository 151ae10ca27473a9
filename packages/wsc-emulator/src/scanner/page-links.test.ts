import { describe, expect, it } from "vitest";
import { readPageLinks } from "./page-links.ts";

const pageUrl = new URL("https://shop.example.com/area/page?x=1");

function links(html: string): string[] {
  return readPageLinks(html, pageUrl).links.map(({ href }) => href.replace("https://shop.example.com", ""));
}

function onlyForm(html: string) {
  const { forms } = readPageLinks(html, pageUrl);
  expect(forms).toHaveLength(1);
  return forms[0];
}

function fieldsOf(html: string): Record<string, string> {
  return Object.fromEntries(onlyForm(`<form>${html}</form>`)?.fields.map(({ name, value }) => [name, value]) ?? []);
}

describe("links of a page", () => {
  it.each([
    [`<a href="b">`, "/area/b"],
    [`<a href="/b?p=1&amp;q=2#part">`, "/b?p=1&q=2"],
    [`<map><area href="b"></map>`, "/area/b"],
    [`<link rel="prefetch next" href="/2">`, "/2"],
    [`<frameset><frame src="f"></frameset>`, "/area/f"],
    [`<iframe src="f"></iframe>`, "/area/f"],
    [`<meta http-equiv="Refresh" content="5; URL='/later'">`, "/later"],
    [`<a href="b"><base href="/other/">`, "/other/b"],
    [`<a href=" b\n">`, "/area/b"],
    [`<svg><a href="s"></a></svg>`, "/area/s"],
    [`<a href="https://user:pass@shop.example.com/in">`, "/in"],
  ])("%s leads to %s", (html, expected) => {
    expect(links(html)).toEqual([expected]);
  });

  it.each([
    `<!-- <a href="b"> -->`,
    `<script>"<a href='b'>"</script>`,
    `<textarea><a href="b"></textarea>`,
    `<a name="b">`,
    `<a href="javascript:alert(1)">`,
    `<a href="mailto:a@example.com">`,
    `<a href="http://[broken">`,
    `<a href="data:text/html,x">`,
    `<link rel="stylesheet" href="/s.css">`,
    `<img src="/i.png">`,
    `<meta http-equiv="refresh" content="5">`,
    `<meta name="description" content="0; url=/b">`,
    `<a href="/${"x".repeat(3000)}">`,
  ])("%s leads nowhere", (html) => {
    expect(links(html)).toEqual([]);
  });

  it("names each address once", () => {
    expect(links(`<a href="b"></a><a href="/area/b#x"></a>`)).toEqual(["/area/b"]);
  });
});

describe("forms of a page", () => {
  it("keeps the query of a POST action and replaces that of a GET action", () => {
    expect(onlyForm(`<form method="POST" action="/do?step=2"></form>`)).toMatchObject({
      method: "POST",
      action: "https://shop.example.com/do?step=2",
    });
    expect(onlyForm(`<form action="/do?step=2"></form>`)).toMatchObject({
      method: "GET",
      action: "https://shop.example.com/do",
    });
  });

  it("sends a form without action to its own page", () => {
    expect(onlyForm(`<base href="/other/"><form method="post">`)?.action).toBe(pageUrl.href);
  });

  it("uses the values that a browser would send", () => {
    expect(
      fieldsOf(`
        <input type="hidden" name="token" value="a&amp;b"><input type="hidden" name="empty">
        <input type="radio" name="size" value="s"><input type="radio" name="size" value="m" checked>
        <input type="checkbox" name="agree"><textarea name="text"> hello </textarea>
        <select name="colour"><option>red<option value="b" selected>blue</select>
        <select name="first"><option value="1">one</option><option>two</option></select>
        <input type="submit" name="act" value="save"><button name="act2" value="delete">x</button>`),
    ).toEqual({
      token: "a&b",
      empty: "",
      size: "m",
      agree: "on",
      text: "hello",
      colour: "b",
      first: "1",
      act: "save",
    });
  });

  it("fills empty fields with plausible values", () => {
    expect(
      fieldsOf(
        `<input name="t"><input type="email" name="e"><input type="number" min="4" name="n"><input type="date" name="d">`,
      ),
    ).toEqual({ t: "test", e: "scan@example.com", n: "4", d: "2026-01-01" });
  });

  it("omits what is not sent", () => {
    expect(
      fieldsOf(`<input><input name=""><input type="file" name="f"><input type="reset" name="r"><input disabled name="x">
        <button type="button" name="b"></button><input type="image" name="i"><select disabled name="s"><option>1</select>`),
    ).toEqual({});
  });

  it("includes controls associated by the form attribute", () => {
    const form = onlyForm(`<input form="f" name="a" value="1"><form id="f"></form><input name="stray">`);
    expect(form?.fields).toEqual([{ name: "a", value: "1" }]);
  });

  it.each([
    `<form method="post" enctype="multipart/form-data"></form>`,
    `<form method="post" enctype="text/plain"></form>`,
    `<form action="mailto:a@example.com"></form>`,
    `<!-- <form></form> -->`,
  ])("does not read %s", (html) => {
    expect(readPageLinks(html, pageUrl).forms).toEqual([]);
  });
});

describe("a hostile page", () => {
  const half = 1024 * 1024;

  it.each([
    ["endless nesting", "<i>".repeat(half / 2)],
    ["nesting that is closed wrongly", `${"<i>".repeat(half / 4)}${"</b>".repeat(half / 4)}`],
    ["endless links", `<a href="/${"x".repeat(10)}?n=1">`.repeat(half / 20)],
    ["endless radio buttons", `<form>${'<input type=radio name="r">'.repeat(half / 30)}</form>`],
    ["endless forms", '<form id="f"></form><input form="f" name="n">'.repeat(half / 40)],
    ["endless attributes", `<a ${Array.from({ length: half / 10 }, (_, index) => `a${index}`).join(" ")} href=b>`],
    ["a refresh full of blanks", `<meta http-equiv="refresh" content="${" ".repeat(half)}">`],
    ["an address without end", `<a href="${"x".repeat(2 * half)}`],
  ])("is read in bounded time: %s", { timeout: 60_000 }, (_, html) => {
    const { links, forms } = readPageLinks(html, pageUrl);
    expect(links.length).toBeLessThanOrEqual(5_000);
    expect(forms.length).toBeLessThanOrEqual(200);
    for (const form of forms) expect(form.fields.length).toBeLessThanOrEqual(2_000);
  });
});
