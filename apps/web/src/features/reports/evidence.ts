import type { Finding } from "@wsc-dashboard/wsc-core";

/** The request, the response, or text that is neither. */
export interface EvidencePart {
  readonly kind: "request" | "response" | "text";
  readonly text: string;
}

const requestLine = /^[A-Z]{3,10} \S+ HTTP\/\d/;
const statusLine = /^HTTP\/\d(?:\.\d)? \d{3}/m;

/** Splits an exchange at its status line; only empty lines at the split are lost. */
export function splitEvidence(evidence: string): readonly EvidencePart[] {
  const text = evidence.replaceAll("\r\n", "\n");
  const seam = text.search(statusLine);
  if (seam === -1) return [{ kind: requestLine.test(text) ? "request" : "text", text }];
  const sent = text.slice(0, seam).replace(/\n+$/, "");
  const received: EvidencePart = { kind: "response", text: text.slice(seam) };
  return sent === "" ? [received] : [{ kind: requestLine.test(sent) ? "request" : "text", text: sent }, received];
}

/** A piece of evidence; `isPayload`: the value that was sent, or its reflection. */
export interface EvidenceSegment {
  readonly text: string;
  readonly isPayload: boolean;
}

/** A range of a text: from an index (inclusive) to another (exclusive). */
type Range = readonly [from: number, to: number];

// Shorter values occur everywhere in a page, whatever was sent.
const minReflectionLength = 3;
// Fixed patterns and string searches: a pattern per finding would have to be compiled thousands of times.
const beforeName = /[?&;\s]/;
const fieldValue = /[^&\s#;]*/y;
const wordSign = /[\p{L}\p{N}_]/u;

/** The ranges of a parameter's values in a request: in its URL, a form or a cookie. */
function valueRanges(text: string, parameter: string): readonly Range[] {
  const name = `${parameter}=`;
  const ranges: Range[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (at > 0 && !beforeName.test(text.charAt(at - 1))) continue;
    fieldValue.lastIndex = at + name.length;
    const { length } = fieldValue.exec(text)?.[0] ?? "";
    if (length > 0) ranges.push([at + name.length, at + name.length + length]);
  }
  return ranges;
}

function decodeField(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

/** How sites escape the characters of a value in HTML. */
const escapes: readonly (readonly [sign: string, ...entities: readonly string[]])[] = [
  ["&", "&amp;", "&amp;"],
  ["<", "&lt;", "&lt;"],
  [">", "&gt;", "&gt;"],
  ['"', "&quot;", "&#34;"],
  ["'", "&#39;", "&#x27;"],
];
const escaped = (value: string, style: 1 | 2): string =>
  escapes.reduce((text, entry) => text.replaceAll(entry[0], entry[style] ?? ""), value);

/** The spellings of a value to search for in a response: as sent, decoded, and escaped; longest first. */
function spellingsOf(values: readonly string[]): readonly string[] {
  const spellings = values.flatMap((value) => {
    const read = decodeField(value);
    return [value, read, escaped(read, 1), escaped(read, 2)];
  });
  return [...new Set(spellings)]
    .filter(({ length }) => length >= minReflectionLength)
    .sort((a, b) => b.length - a.length);
}

/** Whether the range is a word of its own: "art" is not reflected in "start". */
function isApart(text: string, [from, to]: Range): boolean {
  const isWordEdge = (inside: number, outside: number): boolean =>
    wordSign.test(text.charAt(inside)) && wordSign.test(text.charAt(outside));
  return !isWordEdge(from, from - 1) && !isWordEdge(to - 1, to);
}

/** Non-overlapping ranges of any spelling, leftmost first, and of those at one place the longest. */
function reflectionRanges(text: string, spellings: readonly string[]): readonly Range[] {
  const next = spellings.map((spelling) => ({ spelling, at: text.indexOf(spelling) }));
  const ranges: Range[] = [];
  for (let done = 0; ; ) {
    let first: (typeof next)[number] | undefined;
    for (const found of next) {
      if (found.at !== -1 && found.at < done) found.at = text.indexOf(found.spelling, done);
      if (found.at !== -1 && (first === undefined || found.at < first.at)) first = found;
    }
    if (first === undefined) return ranges;
    const range: Range = [first.at, first.at + first.spelling.length];
    const isFound = isApart(text, range);
    if (isFound) ranges.push(range);
    done = isFound ? range[1] : range[0] + 1;
  }
}

/** Cuts the text at the ranges. The segments joined are the text again. */
function cutAt(text: string, ranges: readonly Range[]): readonly EvidenceSegment[] {
  const segments: EvidenceSegment[] = [];
  const add = (from: number, to: number, isPayload: boolean): void => {
    if (to > from) segments.push({ text: text.slice(from, to), isPayload });
  };
  let done = 0;
  for (const [from, to] of ranges) {
    add(done, from, false);
    add(from, to, true);
    done = to;
  }
  add(done, text.length, false);
  return segments;
}

/** The ranges before and after a cut, each relative to its part. */
const before = (ranges: readonly Range[], end: number): readonly Range[] =>
  ranges.flatMap(([from, to]) => (from < end ? [[from, Math.min(to, end)] as const] : []));
const after = (ranges: readonly Range[], start: number): readonly Range[] =>
  ranges.flatMap(([from, to]) => (to > start ? [[Math.max(from, start) - start, to - start] as const] : []));

/** A part of the evidence for display: the beginning at once, the rest on demand. */
export interface MarkedPart {
  readonly kind: EvidencePart["kind"];
  readonly shown: readonly EvidenceSegment[];
  readonly rest: readonly EvidenceSegment[];
  readonly lines: number;
}

/**
 * The evidence of a finding with exactly two things marked: the value of the finding's parameter in the request, and its
 * reflections in the rest.
 */
export function markedEvidence({ parameter, url, evidence }: Finding): readonly MarkedPart[] {
  const parts = splitEvidence(evidence ?? "");
  const sent = parts.find(({ kind }) => kind === "request")?.text ?? url ?? "";
  const field = parameter ?? "";
  const values = field === "" ? [] : valueRanges(sent, field).map(([from, to]) => sent.slice(from, to));
  const spellings = spellingsOf(values);
  return parts.map(({ kind, text }) => {
    const isSent = field !== "" && kind === "request";
    const ranges = isSent ? valueRanges(text, field) : reflectionRanges(text, spellings);
    const { shown, rest, lines } = foldLines(text);
    const restStart = text.length - rest.length;
    return {
      kind,
      shown: cutAt(shown, before(ranges, shown.length)),
      rest: cutAt(rest, after(ranges, restStart)),
      lines,
    };
  });
}

export const foldAfterLines = 40;

/** Splits a long text into what is shown at once and the rest. */
export function foldLines(text: string): { readonly shown: string; readonly rest: string; readonly lines: number } {
  const lines = text.split("\n");
  return {
    shown: lines.slice(0, foldAfterLines).join("\n"),
    rest: lines.slice(foldAfterLines).join("\n"),
    lines: lines.length,
  };
}
