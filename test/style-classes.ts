import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { readFiles, root } from "./read-sources.ts";

interface DesignSystem {
  /** The CSS of each candidate; null for what is no utility. */
  readonly candidatesToCss: (candidates: readonly string[]) => readonly (string | null)[];
}
interface Tailwind {
  readonly __unstable__loadDesignSystem: (
    css: string,
    options: { readonly loadStylesheet: (id: string) => Promise<{ path: string; base: string; content: string }> },
  ) => Promise<DesignSystem>;
}

const stylesPath = "apps/web/src/styles/";

/** The style sheets that are imported by index.css, without comments. */
export function readStyleSheets(): ReadonlyMap<string, string> {
  const sheets = [...readFiles(/^apps\/web\/src\/styles\/[a-z-]+\.css$/)];
  return new Map(
    sheets.map(([path, text]) => [
      path.slice(stylesPath.length),
      text.replaceAll(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, ""),
    ]),
  );
}

/** The classes for which style sheets have rules. */
export function definedClasses(sheets: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const sheet of sheets) {
    for (const [, selector = ""] of sheet.matchAll(/([^{};]*)\{/g)) {
      if (selector.trimStart().startsWith("@")) continue;
      for (const [, name = ""] of selector.matchAll(/\.([a-zA-Z][\w-]*)/g)) found.add(name);
    }
  }
  return found;
}

/** The string and template literals of one expression, without those that a value is compared with, that are keys or that name a variant. */
function literalsOf(expression: string): string[] {
  const withoutComparisons = expression.replaceAll(/[=!]== "[^"\n]*"|"[^"\n]*":|\b\w+Class\([^()]*\)/g, "");
  return [...withoutComparisons.matchAll(/"([^"\n]*)"|`([^`]*)`/g)].flatMap(([, text, template]) =>
    // What is inserted into a template is an expression with literals of its own.
    template === undefined
      ? [text ?? ""]
      : [
          template.replaceAll(/\$\{[^}]*\}/g, "\u0000"),
          ...literalsOf([...template.matchAll(/\$\{([^}]*)\}/g)].join(" ")),
        ],
  );
}

/** The text from an opening brace to its closing one. */
function braced(source: string, start: number): string {
  let depth = 0;
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === "{") depth += 1;
    if (source[at] === "}") depth -= 1;
    if (depth === 0) return source.slice(start, at + 1);
  }
  return source.slice(start);
}

/**
 * The classes that a source gives to elements: in `className`, in properties whose name ends in `className` and in constants
 * and properties whose name ends in `Class` or `Classes`. A name that is put together from parts ends in `…`.
 */
export function usedClasses(source: string): ReadonlySet<string> {
  const texts: string[] = [];
  for (const [, text = ""] of source.matchAll(/\bclass(?:Name)?="([^"]*)"/g)) texts.push(text);
  for (const { 0: found, index } of source.matchAll(/className=\{/g)) {
    texts.push(...literalsOf(braced(source, index + found.length - 1)));
  }
  for (const [, value = ""] of source.matchAll(/\b\w*[cC]lass(?:Name)?(?:: |\s*=\s*)("[^"\n]*"|`[^`]*`)/g)) {
    texts.push(...literalsOf(value));
  }
  for (const { 0: found, index } of source.matchAll(/\b\w*Classes(?:: [^=]*)?\s*=\s*\{/g)) {
    texts.push(...literalsOf(braced(source, index + found.length - 1)));
  }
  const names = texts.flatMap((text) => text.replaceAll("\u0000", "…").split(/\s+/));
  return new Set(names.filter((name) => name !== "" && name !== "…"));
}

/** Answers which of the names are no utility of Tailwind with the tokens of the dashboard. */
export async function unknownUtilities(names: readonly string[]): Promise<readonly string[]> {
  const fromWeb = createRequire(join(root, "apps/web/package.json"));
  const { __unstable__loadDesignSystem: load } = fromWeb("tailwindcss") as Tailwind;
  const tokens = readStyleSheets().get("tokens.css") ?? "";
  const content = readFileSync(fromWeb.resolve("tailwindcss/index.css"), "utf8");
  const system = await load(`@import "tailwindcss";\n${tokens}`, {
    loadStylesheet: async () => ({ path: "", base: "", content }),
  });
  const css = system.candidatesToCss(names);
  return names.filter((_, at) => css[at] === null || css[at] === undefined);
}
