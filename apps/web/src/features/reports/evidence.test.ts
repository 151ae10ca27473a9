import type { Finding } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldAfterLines, foldLines, markedEvidence, splitEvidence } from "./evidence.ts";

const request = "GET /search?q=%3Cmarker%3E&page=2 HTTP/1.1\nHost: www.example.com";
const response = "HTTP/1.1 200 OK\n\n<p><marker></p>";

const found = (known: Partial<Finding>): Finding => ({
  number: "H-01",
  item: "XSS",
  severity: "high",
  method: "GET",
  url: "https://www.example.com/search",
  parameter: "q",
  evidence: `${request}\n\n${response}`,
  fingerprint: "f",
  otherFields: [],
  ...known,
});

describe("an exchange", () => {
  it("is split into request and response", () => {
    expect(splitEvidence(`${request}\n\n${response}`)).toEqual([
      { kind: "request", text: request },
      { kind: "response", text: response },
    ]);
  });

  it.each([
    ["only sent", request, ["request"]],
    ["only received", response, ["response"]],
    ["a sentence", "marker echoed in the page body", ["text"]],
    ["a sentence before an answer", `seen\n${response}`, ["text", "response"]],
    ["nothing", "", ["text"]],
    ["an answer that tells of another", `${response}\nHTTP/1.1 500 Oops`, ["response"]],
  ])("that is %s is not given a half it has not", (_, evidence, kinds) => {
    expect(splitEvidence(evidence).map(({ kind }) => kind)).toEqual(kinds);
  });

  it("keeps every line; only line breaks between the parts are dropped", () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(request, response, "HTTP/1.1 200 OK", "GET / HTTP/1.1", "\r", ""),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const evidence = lines.join("\n");
        const kept = splitEvidence(evidence)
          .map(({ text }) => text)
          .join("");
        const bare = (text: string): string => text.replaceAll(/\r?\n/g, "");
        expect(bare(kept)).toBe(bare(evidence));
      }),
    );
  });
});

/** The marked texts of each part. */
const marksOf = (known: Partial<Finding>): readonly (readonly [kind: string, ...marks: readonly string[]])[] =>
  markedEvidence(found(known)).map(({ kind, shown, rest }) => [
    kind,
    ...[...shown, ...rest].filter(({ isPayload }) => isPayload).map(({ text }) => text),
  ]);

describe("the highlight in evidence", () => {
  it("marks the value in the request and its reflection in the response", () => {
    expect(marksOf({})).toEqual([
      ["request", "%3Cmarker%3E"],
      ["response", "<marker>"],
    ]);
  });

  it("marks the value in a form, a cookie or the request line, and not in other fields", () => {
    const evidence = "POST /notes?x=one HTTP/1.1\nCookie: a=b; q=two; c=one\n\ntitle=one&q=one+two&z=q";
    expect(marksOf({ evidence })).toEqual([["request", "two", "one+two"]]);
  });

  it("does not mark the same text elsewhere in the request", () => {
    const evidence = "GET /shop?q=shop HTTP/1.1\nHost: shop.example.com\nReferer: https://shop.example.com/";
    expect(marksOf({ evidence })).toEqual([["request", "shop"]]);
  });

  it("does not mark other values of the parameter in the response", () => {
    const evidence = "GET /?q=marker HTTP/1.1\n\nHTTP/1.1 200 OK\n\n<a href='?q=elsewhere'>marker elsewhere</a>";
    expect(marksOf({ evidence })).toEqual([
      ["request", "marker"],
      ["response", "marker"],
    ]);
  });

  it("marks a reflection escaped as HTML or as URL", () => {
    const evidence = `GET /?q=%22%3Cb%3E%27 HTTP/1.1\n\nHTTP/1.1 200 OK\n\n&quot;&lt;b&gt;&#39; &#34;&lt;b&gt;&#x27;`;
    expect(marksOf({ evidence })).toEqual([
      ["request", "%22%3Cb%3E%27"],
      ["response", "&quot;&lt;b&gt;&#39;", "&#34;&lt;b&gt;&#x27;"],
    ]);
  });

  it.each([
    ["without a parameter", { parameter: null }],
    ["of an empty parameter", { parameter: "" }],
    ["of a parameter that is a pattern", { parameter: ".*" }],
    ["of a parameter that only ends alike", { evidence: "GET /?faq=marker HTTP/1.1" }],
    ["of an empty value", { evidence: "GET /?q=&x=1 HTTP/1.1" }],
  ])("%s is nowhere", (_, known) => {
    for (const [, ...marks] of marksOf(known)) expect(marks).toEqual([]);
  });

  it("does not mark parts of words or single digits", () => {
    const answer = "HTTP/1.1 200 OK\nDate: 1 Nov\n\nstart art arts 1 art";
    expect(marksOf({ evidence: `GET /?q=art HTTP/1.1\n\n${answer}` }).at(-1)).toEqual(["response", "art", "art"]);
    expect(marksOf({ evidence: `GET /?q=1 HTTP/1.1\n\n${answer}` })).toEqual([["request", "1"], ["response"]]);
  });

  it("marks the reflection of the URL's value in text that is no exchange", () => {
    const known = { url: "https://www.example.com/?q=marker", evidence: "marker echoed in the page" };
    expect(marksOf(known)).toEqual([["text", "marker"]]);
  });

  it("marks a value that cannot be decoded as it was sent", () => {
    expect(marksOf({ evidence: "GET /?q=%E0%A4%A HTTP/1.1" })).toEqual([["request", "%E0%A4%A"]]);
  });

  it("changes no character of the evidence, and splits only at the fold", () => {
    const piece = fc.constantFrom(request, response, "q=<marker>&", "<marker>", "\n", "x", "&lt;marker&gt;");
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 60 }), (pieces) => {
        const evidence = pieces.join("\n");
        const parts = markedEvidence(found({ evidence }));
        const split = splitEvidence(evidence);
        expect(parts.map(({ kind }) => kind)).toEqual(split.map(({ kind }) => kind));
        parts.forEach(({ shown, rest }, index) => {
          const textOf = (segments: typeof shown): string => segments.map(({ text }) => text).join("");
          const folded = foldLines(split[index]?.text ?? "");
          expect([textOf(shown), textOf(rest)]).toEqual([folded.shown, folded.rest]);
        });
      }),
    );
  });
});

describe("a long text", () => {
  const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}`).join("\n");

  it("is folded after forty lines, without losing any", () => {
    const folded = foldLines(lines(1204));
    expect(folded.shown.split("\n")).toHaveLength(foldAfterLines);
    expect(`${folded.shown}\n${folded.rest}`).toBe(lines(1204));
    expect(folded.lines).toBe(1204);
  });

  it("that fits is not folded", () => {
    expect(foldLines(lines(foldAfterLines)).rest).toBe("");
  });
});
