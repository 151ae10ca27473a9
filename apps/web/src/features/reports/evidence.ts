import type { Finding } from "@wsc-dashboard/wsc-core";

/** What the scanner sent, what came back, or text that is neither. */
export interface EvidencePart {
  readonly kind: "request" | "response" | "text";
  readonly text: string;
}

const requestLine = /^[A-Z]{3,10} \S+ HTTP\/\d/;
const statusLine = /^HTTP\/\d(?:\.\d)? \d{3}/m;

/** Takes an exchange apart at its status line; only empty lines at the seam are lost. */
export function splitEvidence(evidence: string): readonly EvidencePart[] {
  const text = evidence.replaceAll("\r\n", "\n");
  const seam = text.search(statusLine);
  if (seam === -1) return [{ kind: requestLine.test(text) ? "request" : "text", text }];
  const sent = text.slice(0, seam).replace(/\n+$/, "");
  const received: EvidencePart = { kind: "response", text: text.slice(seam) };
  return sent === "" ? [received] : [{ kind: requestLine.test(sent) ? "request" : "text", text: sent }, received];
}

// A shorter one would mark half of the page.
const minPayloadLength = 3;

/** What was sent as the parameter's value, as it stood in the request and as the site read it; longest first. */
export function payloadsOf({ parameter, url, evidence }: Finding): readonly string[] {
  if (parameter === null || parameter === "") return [];
  const raw = [url, evidence].flatMap((text) => valuesOf(`${parameter}=`, text ?? ""));
  const spellings = new Set(raw.flatMap((value) => [value, decodeField(value)]));
  return [...spellings].filter(({ length }) => length >= minPayloadLength).sort((a, b) => b.length - a.length);
}

// Fixed patterns and searches: a pattern of each finding's own would have to be compiled thousands of times.
const beforeName = /[?&;\s]/;
const fieldValue = /[^&\s#]*/y;

/** What follows a name wherever it stands as the name of a field. */
function valuesOf(name: string, text: string): readonly string[] {
  const values: string[] = [];
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
    if (at > 0 && !beforeName.test(text.charAt(at - 1))) continue;
    fieldValue.lastIndex = at + name.length;
    values.push(fieldValue.exec(text)?.[0] ?? "");
  }
  return values;
}

function decodeField(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return value;
  }
}

interface EvidenceSegment {
  readonly text: string;
  readonly isPayload: boolean;
}

/** The text in pieces, with every occurrence of a payload on its own, the first and of these the longest. Put together they are the text again. */
export function markPayloads(text: string, payloads: readonly string[]): readonly EvidenceSegment[] {
  const segments: EvidenceSegment[] = [];
  const add = (from: number, to: number, isPayload: boolean): void => {
    if (to > from) segments.push({ text: text.slice(from, to), isPayload });
  };
  const longestFirst = payloads.filter((payload) => payload !== "").sort((a, b) => b.length - a.length);
  const next = longestFirst.map((payload) => ({ payload, at: text.indexOf(payload) }));
  let done = 0;
  for (;;) {
    let first: (typeof next)[number] | undefined;
    for (const found of next) {
      if (found.at !== -1 && found.at < done) found.at = text.indexOf(found.payload, done);
      if (found.at !== -1 && (first === undefined || found.at < first.at)) first = found;
    }
    if (first === undefined) break;
    add(done, first.at, false);
    done = first.at + first.payload.length;
    add(first.at, done, true);
  }
  add(done, text.length, false);
  return segments;
}

export const foldAfterLines = 40;

/** A long text in two: what is shown at once, and the rest. */
export function foldLines(text: string): { readonly shown: string; readonly rest: string; readonly lines: number } {
  const lines = text.split("\n");
  return {
    shown: lines.slice(0, foldAfterLines).join("\n"),
    rest: lines.slice(foldAfterLines).join("\n"),
    lines: lines.length,
  };
}
