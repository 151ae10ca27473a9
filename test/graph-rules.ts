import type { ICruiseOptions, IForbiddenRuleType } from "dependency-cruiser";
import { type Layer, type LayerName, layers, publicEntries } from "./layers.ts";

/** Tests, and what only tests use. */
const tests = String.raw`\.test\.tsx?$|/testing-[^/]+$|/(?:test|testing)/`;
const ownSource = "^(?:apps|packages)/[^/]+/(?:src|test)/";

const escaped = (text: string): string => text.replaceAll(".", String.raw`\.`);

/** The files of a layer: those below its path that are not in a more specific layer. */
function filesOf(name: LayerName): string {
  const { path }: Layer = layers[name];
  if (!path.endsWith("/")) return `^${escaped(path)}$`;
  const inside = Object.values(layers).filter((other) => other.path !== path && other.path.startsWith(path));
  const others = inside.map((other) => escaped(other.path.slice(path.length)) + (other.path.endsWith("/") ? "" : "$"));
  return others.length === 0 ? `^${escaped(path)}` : `^${escaped(path)}(?!${others.join("|")})`;
}

const all = Object.entries(layers) as [LayerName, Layer][];

const layerRules = all.map(([name, { imports }]) => ({
  name: `layer ${name}`,
  comment: `may import itself and ${imports.join(", ") || "nothing"}`,
  severity: "error" as const,
  from: { path: filesOf(name), pathNot: tests },
  to: { path: ownSource, pathNot: [name, ...(imports as readonly LayerName[])].map(filesOf) },
}));

const splitRules = all
  .filter(([, { isSplit }]) => isSplit === true)
  .map(([name, { path }]) => ({
    name: `parts of ${name}`,
    comment: "are apart: one must not import another",
    severity: "error" as const,
    from: { path: `^${escaped(path)}([^/]+)/`, pathNot: tests },
    to: { path: filesOf(name), pathNot: `^${escaped(path)}$1/` },
  }));

const entryFiles = Object.values(publicEntries).map((name) => {
  const { path } = layers[name];
  return `^${escaped(path.endsWith("/") ? `${path}index.ts` : path)}$`;
});

export const graphRules: IForbiddenRuleType[] = [
  { name: "no circle", comment: "also of types", severity: "error" as const, from: {}, to: { circular: true } },
  ...layerRules,
  ...splitRules,
  {
    name: "package border",
    comment: "another package is imported by its name, through its public entries",
    severity: "error" as const,
    from: { path: "^((?:apps|packages)/[^/]+)/" },
    to: { path: ownSource, pathNot: ["^$1/", ...entryFiles] },
  },
  {
    name: "no relative path to another package",
    severity: "error" as const,
    from: { path: "^((?:apps|packages)/[^/]+)/" },
    to: { path: ownSource, pathNot: "^$1/", dependencyTypes: ["local"] },
  },
  {
    name: "no test in the product",
    severity: "error" as const,
    from: { path: "^(?:apps|packages)/[^/]+/src/", pathNot: tests },
    to: { path: tests, pathNot: "node_modules" },
  },
  {
    name: "tests of the web stay in the browser",
    severity: "error" as const,
    from: { path: `^apps/web/.*(?:${tests})` },
    to: { path: "^(?:apps/bff|packages)/", pathNot: "^packages/wsc-core/src/(?!node/|upstream/)" },
  },
];

export const graphOptions: ICruiseOptions = {
  // TypeScript 7 has no API that dependency-cruiser could use; swc reads types as well.
  parser: "swc",
  doNotFollow: { path: "node_modules" },
  exclude: { path: String.raw`\.d\.ts$|/dist/` },
  enhancedResolveOptions: {
    exportsFields: ["exports"],
    conditionNames: ["node", "import", "types"],
    extensions: [".ts", ".tsx", ".js", ".json"],
  },
};
