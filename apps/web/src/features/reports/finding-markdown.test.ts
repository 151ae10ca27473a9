import type { Finding } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "../../messages/en.ts";
import { findingMarkdown } from "./finding-markdown.ts";

const link = "https://dashboard.example.com/jobs/1/report#H-01";
const found = (known: Partial<Finding> = {}): Finding => ({
  number: "H-01",
  item: "XSS",
  severity: "high",
  method: "GET",
  url: "https://www.example.com/search",
  parameter: "q",
  evidence: "GET /search?q=marker HTTP/1.1\n\nHTTP/1.1 200 OK\n\nmarker",
  fingerprint: "f",
  otherFields: [],
  ...known,
});
const markdownOf = (finding: Finding, recommendation: string | null = "Encode output.") =>
  findingMarkdown(en, { finding, recommendation, link });

/** The text without its code spans and code blocks. */
function withoutCode(markdown: string): string {
  return markdown
    .replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, "")
    .replaceAll(/(?<!`)(`+)(?!`)(?:[\s\S]*?[^`])\1(?!`)/g, "");
}

describe("a finding as Markdown", () => {
  it("contains type, place, remedy and a link to the report", () => {
    const text = markdownOf(found());
    for (const part of [
      "## H-01 · High risk · `XSS`",
      "`GET https://www.example.com/search`",
      link,
      "Encode output.",
    ]) {
      expect(text).toContain(part);
    }
  });

  it("omits unknown values", () => {
    const text = markdownOf(found({ url: null, method: null, parameter: null, evidence: null, severity: null }), null);
    expect(text).not.toContain("null");
    expect(text).not.toContain(en.report.howToFix);
  });

  it.each([
    "<script>alert(1)</script>",
    "```\n<img src=x onerror=alert(1)>\n```",
    "`````",
    "[click](javascript:alert(1))",
    "a `b` <b>c</b>",
  ])("keeps %j inside code wherever it stands", (payload) => {
    const text = markdownOf(
      found({ item: payload, url: payload, method: payload, parameter: payload, evidence: payload }),
      payload,
    );
    expect(withoutCode(text)).not.toMatch(/<|javascript:/);
  });

  it("keeps text of the scanned site inside its code fence", () => {
    const hostile = fc
      .array(fc.constantFrom("`", "```", "~~~", "\n", "<b>", "x", " ", "\\"), { maxLength: 12 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(hostile, (evidence) => {
        expect(withoutCode(markdownOf(found({ evidence }), evidence))).not.toContain("<b>");
      }),
    );
  });

  it("shows deceptive characters as code points", () => {
    expect(markdownOf(found({ evidence: "\u202egnp.exe" }))).toContain("[U+202E]gnp.exe");
  });
});
