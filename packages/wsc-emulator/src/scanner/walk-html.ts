import { type Handler, Parser } from "htmlparser2";

const pieceLength = 8 * 1024;
// Four times the nesting limit of browsers. The parser's cost grows with the depth, so that endless open tags would otherwise
// block the process.
const maxNesting = 2_048;

type HtmlHandler = Partial<Pick<Handler, "onopentag" | "onclosetag" | "ontext" | "oncomment">>;

/**
 * Parses HTML like a browser (comments, raw text and entities included). `position` in `start` returns the offset of the current
 * event. The rest of a page beyond the nesting limit is not read.
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
 * Returns whether a browser would show the response as HTML. Without a content type it is guessed from the first bytes, as in the
 * MIME Sniffing Standard, unless the response says nosniff.
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
