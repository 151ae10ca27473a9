import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillIssueTemplate, isIssueTemplate } from "./issue-template.ts";

const values = {
  title: "XSS · /a?b=1&c",
  body: "line 1\nline 2",
  severity: "high",
  host: "a.example",
  link: "https://d.example/x#H-01",
};

describe("an address template of issues", () => {
  it.each([
    "https://github.com/acme/shop/issues/new?title={title}&body={body}",
    "https://jira.example.com/secure/CreateIssueDetails!init.jspa?pid=1&summary={title}&description={body}",
    "https://gitlab.example.com/a/b/-/issues/new?issue[title]={title}",
    "https://issues.example.com/new/{severity}#{link}",
    "https://issues.example.com/",
  ])("is %s", (text) => {
    expect(isIssueTemplate(text)).toBe(true);
  });

  it.each([
    "http://issues.example.com/?t={title}",
    "javascript:alert(1)//https://x/",
    "https://{host}/new",
    "https://issues.example.com{title}/",
    "https://user:word@issues.example.com/",
    "https://issues.example.com",
    "https://issues.example.com/{secret}",
    "https://issues.example.com/{title",
    "https://issues.example.com/{{title}}",
    "https:\\\\issues.example.com\\",
    "//issues.example.com/",
    "https://issues.example.com/a b",
    "https://issues.example.com'evil.example/",
    "https://issues.example.com;evil.example/",
    "https://ｉｓｓｕｅｓ.example.com/",
    "https://issues%2eexample.com/",
    "https://127.1/",
    "https://issues.example.com:0/",
    "https://issues.example.com/\u3164{title}",
    "https://issues.example.com/\u2800",
    "",
  ])("is not %j", (text) => {
    expect(isIssueTemplate(text)).toBe(false);
  });

  it("sends nobody elsewhere, whatever a scanned site wrote into the finding", () => {
    const template = "https://issues.example.com/new?t={title}&b={body}#{link}";
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary", maxLength: 20_000 }), (title, body) => {
        const address = fillIssueTemplate(template, { ...values, title, body });
        const url = new URL(address);
        expect([url.origin, url.pathname]).toEqual(["https://issues.example.com", "/new"]);
        expect([...url.searchParams.keys()]).toEqual(["t", "b"]);
        expect(url.searchParams.get("t")).toBe(title.toWellFormed());
        expect(address).toMatch(/^[\x21-\x7e]*$/);
      }),
    );
  });

  it("cuts a body that no tracker takes, and nothing else", () => {
    const address = fillIssueTemplate("https://i.example/?t={title}&b={body}&l={link}", {
      ...values,
      body: "가".repeat(50_000),
    });
    expect(address.length).toBeLessThanOrEqual(8_000);
    const { searchParams } = new URL(address);
    expect(searchParams.get("l")).toBe(values.link);
    expect(searchParams.get("b")).toMatch(/^가+$/);
  });
});
