import { useEffect } from "react";

interface PageMargins {
  /** Texts at the top of every printed page, on the left and on the right. */
  readonly left: string;
  readonly right: string;
}

/** A text as a CSS string: characters that could end it or start something else are escaped by their code point. */
export function cssString(text: string): string {
  const safe = text.replace(/[^\p{L}\p{N} .·-]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `);
  return `"${safe}"`;
}

/** The `@page` rule for the margins of paper. */
export function pageRule({ left, right }: PageMargins): string {
  return `@page { @top-left { content: ${cssString(left)} } @top-right { content: ${cssString(right)} } }`;
}

/**
 * The same texts for browsers without margin boxes: the page becomes a table, whose header group the browser repeats on every
 * sheet.
 */
export function repeatedHeadRule({ left, right }: PageMargins): string {
  const text = cssString(right === "" ? left : `${left} · ${right}`);
  return (
    "@media print { #main { display: table; table-layout: fixed; width: 100% } " +
    `#main::before { display: table-header-group; content: ${text}; font: 8pt sans-serif } }`
  );
}

/** Whether the browser supports margin boxes: it drops rules that it does not know. */
function hasMarginBoxes(): boolean {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('@page { @top-left { content: "" } }');
  const [rule] = sheet.cssRules;
  return rule !== undefined && "cssRules" in rule && (rule as CSSGroupingRule).cssRules.length > 0;
}

/** Shows on every printed page what it belongs to, while the component is mounted. */
export function usePageMargins({ left, right }: PageMargins): void {
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(hasMarginBoxes() ? pageRule({ left, right }) : repeatedHeadRule({ left, right }));
    document.adoptedStyleSheets.push(sheet);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    };
  }, [left, right]);
}
