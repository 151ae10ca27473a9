/** A range of script source from `start` to before `end`. */
interface ScriptPiece {
  kind: "code" | "string" | "template" | "comment" | "pattern";
  start: number;
  end: number;
}

/**
 * Splits JavaScript into code, strings, templates, comments and regular expressions. Tolerant: broken source is parsed as far as
 * possible. A line break ends a string, as in a browser.
 */
export function readScript(source: string): ScriptPiece[] {
  const pieces: ScriptPiece[] = [];
  // Braces open inside each template hole; the last entry belongs to the innermost template.
  const holes: number[] = [];
  let position = 0;
  let codeStart = 0;

  const close = (kind: ScriptPiece["kind"], start: number, end: number) => {
    if (start > codeStart) pieces.push({ kind: "code", start: codeStart, end: start });
    pieces.push({ kind, start, end });
    codeStart = end;
    position = end;
  };
  const readTemplate = (start: number) => {
    const end = endOfTemplate(source, position);
    const opensHole = source.startsWith("${", end - 2) && end - 2 >= position;
    if (opensHole) holes.push(0);
    close("template", start, end);
  };

  while (position < source.length) {
    const start = position;
    const character = source[position];
    const following = source[position + 1];
    if (character === '"' || character === "'") {
      close("string", start, endOfString(source, start + 1, character));
    } else if (character === "`") {
      position += 1;
      readTemplate(start);
    } else if (character === "/" && following === "/") {
      close("comment", start, indexOrEnd(source.slice(start).search(/[\n\r\u2028\u2029]/), start, source));
    } else if (character === "/" && following === "*") {
      const stop = source.indexOf("*/", start + 2);
      close("comment", start, stop < 0 ? source.length : stop + 2);
    } else if (character === "/" && startsPattern(source.slice(Math.max(codeStart, start - 40), start))) {
      close("pattern", start, endOfPattern(source, start + 1));
    } else if (character === "{" && holes.length > 0) {
      holes.push((holes.pop() ?? 0) + 1);
      position += 1;
    } else if (character === "}" && holes.length > 0) {
      const depth = holes.pop() ?? 0;
      position += 1;
      if (depth === 0) readTemplate(position);
      else holes.push(depth - 1);
    } else {
      position += 1;
    }
  }
  if (codeStart < source.length) pieces.push({ kind: "code", start: codeStart, end: source.length });
  return pieces;
}

function indexOrEnd(index: number, offset: number, source: string): number {
  return index < 0 ? source.length : offset + index;
}

function endOfString(source: string, from: number, quote: string): number {
  for (let index = from; index < source.length; index += 1) {
    const character = source[index];
    if (character === "\\") index += 1;
    else if (character === quote) return index + 1;
    else if (character === "\n" || character === "\r") return index;
  }
  return source.length;
}

function endOfTemplate(source: string, from: number): number {
  for (let index = from; index < source.length; index += 1) {
    const character = source[index];
    if (character === "\\") index += 1;
    else if (character === "`") return index + 1;
    else if (character === "$" && source[index + 1] === "{") return index + 2;
  }
  return source.length;
}

function endOfPattern(source: string, from: number): number {
  let isInClass = false;
  for (let index = from; index < source.length; index += 1) {
    const character = source[index];
    if (character === "\\") index += 1;
    else if (character === "\n" || character === "\r") return index;
    else if (character === "[") isInClass = true;
    else if (character === "]") isInClass = false;
    else if (character === "/" && !isInClass) return index + 1;
  }
  return source.length;
}

/** A slash after a value is a division; anywhere else it starts a regular expression. */
function startsPattern(codeBefore: string): boolean {
  const before = codeBefore.trimEnd();
  return (
    before === "" || /[([{}=,;:!&|?+\-*%~^<>]$|(?:^|[^\w$.])(?:return|typeof|case|in|of|void|delete)$/.test(before)
  );
}
