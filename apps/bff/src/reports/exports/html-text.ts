/** Text that has been made safe to stand in a page; nothing else gets into one. */
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
/** Control characters cannot be seen; reversed writing shows another text than there is. */
const unseen = /[^\P{Cc}\n\r\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu;

type Part = Html | string | number | readonly Html[];

function sourceOf(part: Part): string {
  if (part instanceof Html) return part.source;
  if (typeof part === "object") return part.map(({ source }) => source).join("");
  return String(part)
    .replace(unseen, "\ufffd")
    .replace(/[&<>"'`]/g, (sign) => entities[sign] ?? "");
}

/** A piece of a page: what stands in the template is ours, every value is text. Attributes are always quoted. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    template.map((text, index) => text + (index < parts.length ? sourceOf(parts[index] ?? "") : "")).join(""),
  );
}
