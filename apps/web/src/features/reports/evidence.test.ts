import type { Finding } from "@wsc-dashboard/wsc-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldAfterLines, foldLines, markPayloads, payloadsOf, splitEvidence } from "./evidence.ts";

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
  it("is taken apart into what was sent and what came back", () => {
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

  it("keeps every line whatever stands in it; only line ends at the seam go", () => {
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

describe("a payload", () => {
  it("is known as it was sent and as the site read it", () => {
    expect(payloadsOf(found({}))).toEqual(["%3Cmarker%3E", "<marker>"]);
  });

  it("is found in a form's body and in the URL", () => {
    const evidence = "POST /notes HTTP/1.1\n\ntitle=a&q=one+two";
    expect(payloadsOf(found({ evidence, url: "https://www.example.com/?q=three" }))).toEqual(
      expect.arrayContaining(["one+two", "one two", "three"]),
    );
  });

  it.each([
    ["without a parameter", { parameter: null }],
    ["of an empty parameter", { parameter: "" }],
    ["of a parameter that is a pattern", { parameter: ".*" }],
    ["too short to be told from the page", { evidence: "GET /?q=1 HTTP/1.1" }],
    ["of a parameter that only ends alike", { evidence: "GET /?faq=marker HTTP/1.1" }],
  ])("%s is not guessed", (_, known) => {
    expect(payloadsOf(found(known))).toEqual([]);
  });

  it("that cannot be decoded is marked as it was sent", () => {
    expect(payloadsOf(found({ evidence: "GET /?q=%E0%A4%A HTTP/1.1" }))).toEqual(["%E0%A4%A"]);
  });

  it("is marked wherever it stands, and nothing else is", () => {
    expect(markPayloads("a <marker> b <marker>", ["<marker>"])).toEqual([
      { text: "a ", isPayload: false },
      { text: "<marker>", isPayload: true },
      { text: " b ", isPayload: false },
      { text: "<marker>", isPayload: true },
    ]);
  });

  it("never changes a character of the evidence", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ minLength: 1 }), { maxLength: 4 }), (text, payloads) => {
        const segments = markPayloads(text, payloads);
        expect(segments.map((segment) => segment.text).join("")).toBe(text);
        for (const segment of segments) if (segment.isPayload) expect(payloads).toContain(segment.text);
      }),
    );
  });
});

describe("a long text", () => {
  const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${index}`).join("\n");

  it("is folded after forty lines, and not one is lost", () => {
    const folded = foldLines(lines(1204));
    expect(folded.shown.split("\n")).toHaveLength(foldAfterLines);
    expect(`${folded.shown}\n${folded.rest}`).toBe(lines(1204));
    expect(folded.lines).toBe(1204);
  });

  it("that fits is not folded", () => {
    expect(foldLines(lines(foldAfterLines)).rest).toBe("");
  });
});
