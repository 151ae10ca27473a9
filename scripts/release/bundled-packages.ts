/** Builds the product separately from the developers' builds, and lists the packages whose code is in it. */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Plugin } from "vite";
import { Refusal } from "../step.mjs";
import { root } from "../toolchain.mjs";

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  readonly homepage: string | null;
  /** Texts of its licence and notice files. */
  readonly texts: readonly string[];
}

/** Helpers of the build tool have no file: `\0vite/preload-helper.js`. */
const helper = /^\0(vite|rolldown)\//;

/** Directory of the package that a module belongs to; `null` for the repository's own. */
function directoryOf(id: string): string | null {
  const path = id.replace(/^\0/, "").split("?")[0] ?? "";
  const at = path.lastIndexOf("/node_modules/");
  if (at === -1) return null;
  const [first = "", second = ""] = path.slice(at + "/node_modules/".length).split("/");
  return join(path.slice(0, at), "node_modules", first.startsWith("@") ? `${first}/${second}` : first);
}

function collectPackages(found: Set<string>): Plugin {
  return {
    name: "collect-packages",
    apply: "build",
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== "chunk") continue;
        for (const [id, { renderedLength }] of Object.entries(output.modules)) {
          if (renderedLength === 0) continue;
          const directory = helper.test(id) ? toolDirectory(helper.exec(id)?.[1] ?? "") : directoryOf(id);
          if (directory !== null) found.add(directory);
        }
      }
    },
  };
}

const viteDirectory = (): string => realpathSync(join(root, "node_modules", "vite"));
const toolDirectory = (name: string): string =>
  name === "vite" ? viteDirectory() : realpathSync(join(viteDirectory(), "..", name));

/** Builds both apps below `target`, each where its sources expect the other. Resolves to the bundled packages' directories. */
export async function buildApps(target: string): Promise<Set<string>> {
  const found = new Set<string>();
  const directory = process.cwd();
  try {
    for (const app of ["apps/web", "apps/bff"]) {
      process.chdir(join(root, app));
      await build({
        root: join(root, app),
        logLevel: "warn",
        build: { outDir: join(target, app, "dist"), emptyOutDir: true },
        plugins: [collectPackages(found)],
      });
    }
  } finally {
    process.chdir(directory);
  }
  // Its preflight styles are in the stylesheet, which no module lists.
  found.add(realpathSync(join(root, "apps/web/node_modules/tailwindcss")));
  return found;
}

const isLegal = (file: string): boolean => /^(?:licen[cs]e|copying|notice)/i.test(file);

/** A package's own metadata. Refuses a package without a licence. */
export function readPackage(directory: string): BundledPackage {
  let place = directory;
  while (!existsSync(join(place, "package.json"))) place = dirname(place);
  const file = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as Record<string, unknown>;
  const { name, version, license, homepage } = file;
  if (typeof name !== "string" || typeof version !== "string" || typeof license !== "string") {
    throw new Refusal(`${directory} names no version or licence in its package.json: look it up before it is shipped.`);
  }
  const texts = readdirSync(place)
    .filter(isLegal)
    .sort()
    .map((legal) => readFileSync(join(place, legal), "utf8").trim());
  return { name, version, license, homepage: typeof homepage === "string" ? homepage : null, texts };
}
