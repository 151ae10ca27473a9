import { readHttpUrl } from "./http-url.ts";
import { createFormReader } from "./page-forms.ts";
import type { PageForm } from "./site-scanner.ts";
import { walkHtml } from "./walk-html.ts";

export interface PageLinks {
  /** Absolute http and https URLs without fragment, distinct, in page order. */
  links: readonly URL[];
  forms: readonly PageForm[];
}

type Attributes = Readonly<Record<string, string>>;

// More than this on one page is an attack on the scanner, not a page.
const maxLinks = 5_000;

const targetOf: ReadonlyMap<string, (attributes: Attributes) => string | undefined> = new Map([
  ["a", ({ href }: Attributes) => href],
  ["area", ({ href }: Attributes) => href],
  ["frame", ({ src }: Attributes) => src],
  ["iframe", ({ src }: Attributes) => src],
  [
    "link",
    ({ href, rel = "" }: Attributes) =>
      rel.split(/\s/).some((word) => /^(?:next|prev)$/i.test(word)) ? href : undefined,
  ],
  [
    "meta",
    (attributes: Attributes) =>
      attributes["http-equiv"]?.trim().toLowerCase() === "refresh"
        ? /^[\s\d.;,]*url\s*=\s*["']?([^"']+)/i.exec(attributes.content ?? "")?.[1]
        : undefined,
  ],
]);

/** Returns everything in an HTML page that leads to a further request. */
export function readPageLinks(html: string, pageUrl: URL): PageLinks {
  const targets: string[] = [];
  const formReader = createFormReader();
  let base: URL | null = null;

  walkHtml(html, () => ({
    onopentag(name, attributes) {
      if (name === "base" && base === null && attributes.href !== undefined) {
        base = readHttpUrl(attributes.href, pageUrl);
      }
      const target = targetOf.get(name)?.(attributes);
      if (target !== undefined && targets.length < maxLinks) targets.push(target);
      formReader.openTag(name, attributes);
    },
    ontext: formReader.text,
    onclosetag: formReader.closeTag,
  }));

  const found = new Map<string, URL>();
  for (const target of targets) {
    const url = readHttpUrl(target, base ?? pageUrl);
    if (url !== null) found.set(url.href, url);
  }
  return { links: [...found.values()], forms: formReader.forms(base ?? pageUrl, pageUrl) };
}
