/**
 * Packages that are measured beside the product or measure it, without being dependencies: installed once, outside of the
 * repository.
 */
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

export const reactVirtual = "@tanstack/react-virtual@3.14.26";

/** A package of the web app as `name@version`, of the version that it is built with. */
export function webPackage(name: string): string {
  const manifest = new URL(`../apps/web/node_modules/${name}/package.json`, import.meta.url);
  return `${name}@${(JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version}`;
}

/** Installs packages (`name@version`) and returns their directory. Rejects when npm cannot install them. */
export async function installPackages(packages: readonly string[]): Promise<string> {
  const directory = join(tmpdir(), `wsc-bench-${packages.join("-").replace(/[^a-z0-9.]+/gi, "-")}`);
  const installed = join(directory, "installed");
  if (!existsSync(installed)) {
    mkdirSync(directory, { recursive: true });
    const options = ["install", "--prefix", directory, "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", [...options, ...packages], { timeout: 300_000 });
    writeFileSync(installed, "");
  }
  return directory;
}

/**
 * Returns a function that loads a module of the packages (`name@version`) by name or by path below node_modules. Rejects when npm
 * cannot install them.
 */
export async function installTools(packages: readonly string[]): Promise<(module: string) => Promise<unknown>> {
  const directory = await installPackages(packages);
  const { resolve } = createRequire(join(directory, "index.js"));
  return (module) => {
    const path = module.endsWith(".js") ? join(directory, "node_modules", module) : resolve(module);
    return import(pathToFileURL(path).href);
  };
}

/** For a comparison that is left out when it cannot be had: prints why and returns `null`. */
export async function orNull<Peer>(what: string, peer: Promise<Peer>): Promise<Peer | null> {
  try {
    return await peer;
  } catch (error) {
    process.stdout.write(`without ${what}: ${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}
