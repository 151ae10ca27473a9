import { parseSync, Visitor } from "vite";
import { environmentReaders, type LayerName, layers, publicEntries } from "./layers.ts";

export interface Violation {
  readonly file: string;
  readonly rule: string;
}

interface Facts {
  /** Every specifier: imports, re-exports, type imports and dynamic imports. */
  readonly specifiers: readonly string[];
  /** Our own modules named in a type, `import("…").T`: dependency-cruiser does not see these. */
  readonly inlineTypes: readonly string[];
  readonly readsEnvironment: boolean;
  readonly hasComputedImport: boolean;
}

/**
 * What dependency-cruiser (`.dependency-cruiser.mjs`) cannot check: external packages by exact specifier, imports named at run
 * time, and who reads the environment. In the order of the files.
 */
export function findViolations(sources: ReadonlyMap<string, string>): Violation[] {
  return [...sources].flatMap(([file, text]) => {
    const facts = readFacts(file, text);
    const rules = facts.specifiers.map((specifier) => violationOf(file, specifier));
    for (const specifier of facts.inlineTypes)
      rules.push(`names a type of ${specifier} inline instead of importing it`);
    if (facts.hasComputedImport) rules.push("imports a module whose name is only known at run time");
    if (facts.readsEnvironment && isProductSource(file) && !environmentReaders.has(file))
      rules.push("reads the environment");
    return rules.filter((rule) => rule !== null).map((rule) => ({ file, rule }));
  });
}

/** The layer of a file; null outside the layered folders. */
export function layerOf(file: string): LayerName | null {
  const fitting = (Object.keys(layers) as LayerName[]).filter((name) => {
    const { path } = layers[name];
    return path.endsWith("/") ? file.startsWith(path) : file === path;
  });
  return fitting.sort((a, b) => layers[b].path.length - layers[a].path.length)[0] ?? null;
}

function violationOf(file: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return null;
  if (specifier.startsWith("@wsc-dashboard/")) {
    return specifier in publicEntries || isTest(file) ? null : `${specifier} is not a public entry`;
  }
  const name = layerOf(file);
  if (name === null || isTest(file)) return null;
  return layers[name].packages.test(specifier) ? null : `${name} must not use ${specifier}`;
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
  const inlineTypes: string[] = [];
  new Visitor({
    ImportExpression({ source }) {
      if (source.type === "Literal" && typeof source.value === "string") specifiers.push(source.value);
      else hasComputedImport = true;
    },
    TSImportType({ source }) {
      specifiers.push(source.value);
      if (/^(?:\.|@wsc-dashboard\/)/.test(source.value)) inlineTypes.push(source.value);
    },
    MemberExpression({ object, property }) {
      const name = "value" in property ? property.value : "name" in property ? property.name : undefined;
      if (name === "env" && (isProcess(object) || object.type === "MetaProperty")) readsEnvironment = true;
    },
    VariableDeclarator({ init }) {
      if (init !== null && isProcess(init)) readsEnvironment = true;
    },
  }).visit(program);
  return { specifiers, inlineTypes, readsEnvironment, hasComputedImport };
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
