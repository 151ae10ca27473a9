import { dirname, posix } from "node:path";
import { parseSync, Visitor } from "vite";
import { environmentReaders, type Layer, type LayerName, layers, publicEntries } from "./layers.ts";

export interface Violation {
  readonly file: string;
  readonly rule: string;
}

interface Facts {
  /** Every specifier, whether imported, re-exported, imported for its type or on demand. */
  readonly specifiers: readonly string[];
  readonly readsEnvironment: boolean;
  readonly hasComputedImport: boolean;
}

/** Breaches of the layer table, of package borders and of the environment rule, in the order of the files. */
export function findViolations(sources: ReadonlyMap<string, string>): Violation[] {
  return [...sources].flatMap(([file, text]) => {
    const facts = readFacts(file, text);
    const rules = facts.specifiers.map((specifier) => breachOf(file, specifier));
    if (facts.hasComputedImport) rules.push("imports a module whose name is only known at run time");
    if (facts.readsEnvironment && isProductSource(file) && !environmentReaders.has(file))
      rules.push("reads the environment");
    return rules.filter((rule) => rule !== null).map((rule) => ({ file, rule }));
  });
}

/** The layer a file belongs to; null outside the layered folders. */
export function layerOf(file: string): LayerName | null {
  const fitting = (Object.keys(layers) as LayerName[]).filter((name) => {
    const { path } = layers[name];
    return path.endsWith("/") ? file.startsWith(path) : file === path;
  });
  return fitting.sort((a, b) => layers[b].path.length - layers[a].path.length)[0] ?? null;
}

function breachOf(file: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return breachOfRelative(file, posix.join(dirname(file), specifier));
  const own = /^@wsc-dashboard\//.test(specifier);
  const name = layerOf(file);
  if (name === null || isTest(file)) return own ? breachOfTest(file, specifier) : null;
  const layer: Layer = layers[name];
  if (!own) return layer.packages.test(specifier) ? null : `${name} must not use ${specifier}`;
  const entry = publicEntries[specifier];
  if (entry === undefined) return `${specifier} is not a public entry`;
  return layer.imports.includes(entry) ? null : `${name} must not import ${entry}`;
}

function breachOfRelative(file: string, target: string): string | null {
  if (packageOf(file) !== packageOf(target)) return `reaches over a package border to ${target}`;
  const from = layerOf(file);
  const to = layerOf(target);
  if (from === null || to === null || isTest(file)) return null;
  if (isTest(target)) return `product code must not import the test ${target}`;
  if (from !== to) return (layers[from] as Layer).imports.includes(to) ? null : `${from} must not import ${to}`;
  const isNeighbour = (layers[from] as Layer).isSplit === true && partOf(from, file) !== partOf(from, target);
  return isNeighbour ? `${from}: ${partOf(from, file)} must not import ${partOf(from, target)}` : null;
}

/** Tests may use what they test and the emulator; the web's stay on the browser's side. */
function breachOfTest(file: string, specifier: string): string | null {
  if (!file.startsWith("apps/web/") || publicEntries[specifier] === "core") return null;
  return `a test of the web must not import ${specifier}`;
}

/** The workspace a file is in; the tests and scripts at the root are one. */
function packageOf(file: string): string {
  return /^(?:apps|packages)\/[^/]+/.exec(file)?.[0] ?? "";
}

function partOf(layer: LayerName, file: string): string {
  return file.slice(layers[layer].path.length).split("/")[0] ?? "";
}

/** Tests, and what only tests use: a file `testing-…`, a folder `testing` or `test`. */
const isTest = (file: string): boolean => /\.test\.tsx?$|\/testing-[^/]+$|\/(?:test|testing)\//.test(file);
const isProductSource = (file: string): boolean => /^(?:apps|packages)\/[^/]+\/src\//.test(file) && !isTest(file);

function readFacts(file: string, text: string): Facts {
  const { module, program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
  const specifiers = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
    ),
  ];
  let readsEnvironment = specifiers.some((specifier) => /^(?:node:)?process$/.test(specifier));
  let hasComputedImport = false;
  new Visitor({
    ImportExpression({ source }) {
      if (source.type === "Literal" && typeof source.value === "string") specifiers.push(source.value);
      else hasComputedImport = true;
    },
    TSImportType({ source }) {
      specifiers.push(source.value);
    },
    MemberExpression({ object, property }) {
      const name = "value" in property ? property.value : "name" in property ? property.name : undefined;
      if (name === "env" && (isProcess(object) || object.type === "MetaProperty")) readsEnvironment = true;
    },
    VariableDeclarator({ init }) {
      if (init !== null && isProcess(init)) readsEnvironment = true;
    },
  }).visit(program);
  return { specifiers, readsEnvironment, hasComputedImport };
}

interface MaybeProcess {
  readonly type: string;
  readonly name?: unknown;
  readonly property?: { readonly name?: unknown } | object;
}

/** `process`, or `process` as a property of the global object. */
function isProcess(node: MaybeProcess): boolean {
  if (node.type === "Identifier") return node.name === "process";
  return node.type === "MemberExpression" && node.property !== undefined && "name" in node.property
    ? node.property.name === "process"
    : false;
}
