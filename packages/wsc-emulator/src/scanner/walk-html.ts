import { type Handler, Parser } from "htmlparser2";

const pieceLength = 8 * 1024;
// Four times what browsers nest. The parser's own cost grows with the depth, so an endless pile of open tags would
// otherwise hold the process.
const maxNesting = 2_048;

type HtmlHandler = Partial<Pick<Handler, "onopentag" | "onclosetag" | "ontext" | "oncomment">>;

/**
 * Walks through HTML as a browser would read it (comments, raw text and entities included). `position` in
 * `start` gives the offset of the current event. The rest of a page that is nested absurdly deep is
 * not read.
 */
export function walkHtml(html: string, start: (position: () => number) => HtmlHandler): void {
  let depth = 0;
  const handler: HtmlHandler = start(() => parser.startIndex);
  const parser: Parser = new Parser({
    ...handler,
    onopentag(name, attributes, isImplied) {
      depth += 1;
      handler.onopentag?.(name, attributes, isImplied);
    },
    onclosetag(name, isImplied) {
      depth -= 1;
      handler.onclosetag?.(name, isImplied);
    },
  });
  for (let offset = 0; offset < html.length && depth <= maxNesting; offset += pieceLength) {
    parser.write(html.slice(offset, offset + pieceLength));
  }
  parser.end();
}

const htmlTypes = new Set(["text/html", "application/xhtml+xml"]);
const unknownTypes = new Set(["", "*/*", "unknown/unknown", "application/unknown"]);

/**
 * Whether a browser would show the answer as HTML. An answer without a type is guessed from its first
 * bytes, as in the MIME Sniffing Standard, unless it says nosniff.
 */
export function isShownAsHtml(headers: Headers, body: string): boolean {
  if (/^\s*attachment\b/i.test(headers.get("content-disposition") ?? "")) return false;
  const type = (headers.get("content-type") ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (htmlTypes.has(type)) return true;
  if (!unknownTypes.has(type) || /^\s*nosniff\b/i.test(headers.get("x-content-type-options") ?? "")) return false;
  return /^\s*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[\s>]/i.test(
    body.slice(0, 1445),
  );
}
