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
const leastPayloadLength = 3;

/** What was sent as the parameter's value, as it stood in the request and as the site read it; longest first. */
export function payloadsOf({ parameter, url, evidence }: Finding): readonly string[] {
  if (parameter === null || parameter === "") return [];
  const field = new RegExp(`(?:^|[?&;\\s])${literally(parameter)}=([^&\\s#]*)`, "gm");
  const raw = [url, evidence].flatMap((text) => [...(text ?? "").matchAll(field)].map(([, value]) => value ?? ""));
  const spellings = new Set(raw.flatMap((value) => [value, decodeField(value)]));
  return [...spellings].filter(({ length }) => length >= leastPayloadLength).sort((a, b) => b.length - a.length);
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

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

/** The text in pieces, with every occurrence of a payload on its own. Put together they are the text again. */
export function markPayloads(text: string, payloads: readonly string[]): readonly EvidenceSegment[] {
  if (payloads.length === 0) return [{ text, isPayload: false }];
  const any = new RegExp(`(${payloads.map(literally).join("|")})`);
  // A split at a group puts what matched at the odd places.
  return text
    .split(any)
    .map((piece, index) => ({ text: piece, isPayload: index % 2 === 1 }))
    .filter((segment) => segment.text !== "");
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
