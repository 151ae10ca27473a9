/** Escaped HTML; only this type is inserted into a page unchanged. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};
/** Control characters are invisible; bidirectional controls display a different text. */
const unseen = /[^\P{Cc}\n\r\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

type Part = Html | string | number | readonly Html[];

function sourceOf(part: Part): string {
  if (part instanceof Html) return part.source;
  if (typeof part === "object") return part.map(({ source }) => source).join("");
  return String(part)
    .replace(unseen, "\ufffd")
    .replace(/[&<>"'`]/g, (sign) => entities[sign] ?? "");
}

/** Template tag: the template is trusted, every other value is escaped as text. Attributes are always quoted. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    template.map((text, index) => text + (index < parts.length ? sourceOf(parts[index] ?? "") : "")).join(""),
  );
}
