import { createRequire } from "node:module";
import type { CompatStatement, Identifier, SimpleSupportStatement } from "@mdn/browser-compat-data/types";
import type { SupportedBrowser } from "./supported-browsers.ts";

// Not imported: Vite would write its 20 MB into the bundle of its configuration.
const compatibility = createRequire(import.meta.url)("@mdn/browser-compat-data") as {
  readonly api: Identifier;
  readonly javascript: { readonly builtins: Identifier };
  readonly css: Readonly<Record<"properties" | "at-rules" | "selectors" | "types", Identifier>>;
};

/** JavaScript and CSS as they are served. */
export interface BuiltAssets {
  readonly scripts: string;
  readonly styles: string;
}

type Tree = Readonly<Record<string, Identifier>>;

const numbersOf = (version: string): readonly number[] => version.replace("≤", "").split(".").map(Number);

function isAtMost(version: string, limit: string): boolean {
  const [major = 0, minor = 0] = numbersOf(version);
  const [limitMajor = 0, limitMinor = 0] = numbersOf(limit);
  return major < limitMajor || (major === limitMajor && minor <= limitMinor);
}

/** Whether a statement means a version that has the feature by its own name and without a setting. */
const isPlain = ({ flags, prefix, alternative_name, version_removed }: SimpleSupportStatement): boolean =>
  flags === undefined && prefix === undefined && alternative_name === undefined && version_removed === undefined;

function isIn(statement: CompatStatement, browsers: readonly SupportedBrowser[]): boolean {
  return browsers.every(({ name, version }) => {
    const support = statement.support[name];
    const statements = support === undefined ? [] : Array.isArray(support) ? support : [support];
    return statements.some(
      (one) => typeof one.version_added === "string" && isPlain(one) && isAtMost(one.version_added, version),
    );
  });
}

const childrenOf = (tree: object): [string, Identifier][] =>
  Object.entries(tree as Tree).filter(([name]) => !name.startsWith("__"));

/** Names that JavaScript uses for what the oldest supported browsers lack. */
function newerScriptNames(browsers: readonly SupportedBrowser[]) {
  const globals = new Set<string>();
  const members = new Map<string, boolean>();
  const pairs = new Set<string>();
  const { builtins } = compatibility.javascript;
  for (const [owner, { __compat, ...parts }] of [...childrenOf(builtins), ...childrenOf(compatibility.api)]) {
    const isBuiltin = owner in builtins;
    const isNewOwner = __compat !== undefined && !isIn(__compat, browsers);
    const constructed = (parts as Tree)[owner]?.__compat;
    if (isNewOwner || (constructed !== undefined && !isIn(constructed, browsers))) globals.add(owner);
    for (const [key, part] of childrenOf(parts)) {
      const name = key.replace(/_static$/, "");
      if (part.__compat === undefined || !/^[A-Za-z]\w*$/.test(name)) continue;
      const isNew = isNewOwner || !isIn(part.__compat, browsers);
      // A method is known by its name alone only where no older one has it; a single word is too often a name of our own.
      if (!isNew || isBuiltin || /[A-Z]/.test(name)) members.set(name, isNew && (members.get(name) ?? true));
      if (isNew) pairs.add(`${owner}.${name}`);
    }
  }
  const newMembers = new Set([...members].filter(([, isNew]) => isNew).map(([name]) => name));
  return { globals, pairs, newMembers };
}

/** Names that CSS uses for what the oldest supported browsers lack: `property`, `property: value`, `@rule`, `:selector`, `function()`. */
function newerStyleNames(browsers: readonly SupportedBrowser[]): ReadonlySet<string> {
  const { css } = compatibility;
  const newer = new Set<string>();
  const addNewer = (tree: object, write: (name: string) => string): void => {
    for (const [name, { __compat }] of childrenOf(tree))
      if (__compat !== undefined && !isIn(__compat, browsers)) newer.add(write(name));
  };
  addNewer(css.properties, (name) => name);
  for (const [property, { __compat: _, ...values }] of childrenOf(css.properties))
    addNewer(values, (value) => `${property}: ${value.replaceAll("_", "-")}`);
  addNewer(css["at-rules"], (name) => `@${name}`);
  for (const [, rule] of childrenOf(css["at-rules"]))
    for (const [part, { __compat }] of childrenOf(rule))
      if (part.startsWith("at_") && __compat !== undefined && !isIn(__compat, browsers))
        newer.add(`@${part.slice("at_".length)}`);
  addNewer(css.selectors, (name) => `:${name}`);
  for (const [, type] of childrenOf(css.types)) addNewer(type, (name) => `${name}()`);
  addNewer(css.types, (name) => `${name}()`);
  return newer;
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = ""]) => name);

function usedStyleNames(styles: string): ReadonlySet<string> {
  const used = new Set<string>();
  for (const [, property = "", value = ""] of styles.matchAll(/[{;]\s*(-{0,2}[a-z][\w-]*):([^;{}]*)/gi)) {
    used.add(property);
    for (const word of matches(value, /([a-z][a-z-]*)/gi)) used.add(`${property}: ${word}`);
    for (const name of matches(value, /([a-z][a-z-]*)\(/gi)) used.add(`${name}()`);
  }
  for (const name of matches(styles, /@([a-z][a-z-]*)/gi)) used.add(`@${name}`);
  for (const name of matches(styles, /::?([a-z][a-z-]*)/gi)) used.add(`:${name}`);
  return used;
}

/** What of the assets the oldest supported browsers do not have, by name, in order of the alphabet. */
export function newerFeaturesIn({ scripts, styles }: BuiltAssets, browsers: readonly SupportedBrowser[]): string[] {
  const { globals, pairs, newMembers } = newerScriptNames(browsers);
  const newStyles = newerStyleNames(browsers);
  // In the place of an expression, not a word of a sentence.
  const inCode =
    /(?<=[=(,!&|?:;{}[+>]|\b(?:new|typeof|instanceof|extends|in|of|return|case) )([A-Z]\w*)(?![\w$:"'`-])/g;
  const words = new Set(matches(scripts, inCode));
  const members = new Set(matches(scripts, /\.([A-Za-z]\w*)\(/g));
  const usedPairs = new Set(matches(scripts, /(?<![\w$.])([A-Za-z]\w*\.[A-Za-z]\w*)/g));
  return [
    ...[...globals].filter((name) => words.has(name)),
    ...[...pairs].filter((pair) => usedPairs.has(pair)),
    ...[...newMembers].filter((name) => members.has(name)).map((name) => `.${name}`),
    ...[...usedStyleNames(styles)].filter((name) => newStyles.has(name)),
  ].sort();
}
