/**
 * Makes dist/wsc-dashboard-VERSION-linux-x64.tar.gz, which contains only what runs. The same commit gives the same bytes;
 * scripts/check-release.ts proves it.
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onStopRequest, runProcess, stopAllProcesses } from "./processes.mjs";
import { packDirectory, sealDirectory } from "./release/archive.ts";
import { billOfMaterials, type Product, thirdPartyLicenses } from "./release/bill-of-materials.ts";
import { type BundledPackage, buildApps, readPackage } from "./release/bundled-packages.ts";
import { changelogProblems } from "./release/changelog.ts";
import { describeFailure, Refusal, step } from "./step.mjs";
import { root } from "./toolchain.mjs";

const platform = "linux-x64";
const documents = ["README.md", "CHANGELOG.md", "LICENSE", "SECURITY.md"];

async function git(...args: string[]): Promise<string> {
  const { ok, output } = await runProcess("git", ["-C", root, ...args]);
  if (!ok) throw new Refusal("A release is made from a Git clone with a commit.", output);
  return output.trim();
}

/** The commit to release. Refuses uncommitted changes: the archive would not be reproducible. */
async function readProduct(): Promise<Product> {
  const changed = await git("status", "--porcelain");
  if (changed !== "") throw new Refusal("Commit first: the archive belongs to a commit.", changed);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const problems = changelogProblems(version, readFileSync(join(root, "CHANGELOG.md"), "utf8"));
  if (problems.length > 0) throw new Refusal(problems.join("\n"));
  const [commit = "", seconds = ""] = (await git("log", "-1", "--format=%H %ct")).split(" ");
  return { version, commit, date: new Date(Number(seconds) * 1000) };
}

/** A launcher finds the product even when it is called through a symbolic link. */
const launcher = (program: string, about: string): string => `#!/bin/sh
# ${about} NODE names another Node than the one on the path.
exec "\${NODE:-node}" --disable-proto=delete "$(dirname "$(readlink -f "$0")")/../apps/bff/dist/${program}.js" "$@"
`;

/** Only the native binding of this platform, with the code that loads it. */
function copyDatabaseDriver(stage: string): string {
  const source = realpathSync(join(root, "apps/bff/node_modules/better-sqlite3"));
  const target = join(stage, "apps/bff/node_modules/better-sqlite3");
  const prebuilt = readdirSync(join(source, "prebuilds")).filter((name) => name.startsWith(`${platform}.`));
  if (prebuilt.length !== 1) throw new Refusal(`better-sqlite3 has no prebuilt binding for ${platform}.`);
  for (const path of ["package.json", "LICENSE", "lib", ...prebuilt.map((name) => `prebuilds/${name}`)]) {
    cpSync(join(source, path), join(target, path), { recursive: true });
  }
  return source;
}

/** The database engine inside the binding. */
function sqlitePackage(driver: string): BundledPackage {
  const header = readFileSync(join(driver, "deps/sqlite3/sqlite3.h"), "utf8");
  const version = /#define SQLITE_VERSION\s+"([0-9.]+)"/.exec(header)?.[1];
  if (version === undefined) throw new Refusal("The version of SQLite inside of better-sqlite3 cannot be read.");
  return { name: "sqlite", version, license: "blessing", homepage: "https://www.sqlite.org/", texts: [] };
}

async function stageFiles(stage: string, product: Product): Promise<number> {
  const directories = await buildApps(stage);
  const driver = copyDatabaseDriver(stage);
  const packages = [...directories, driver].map(readPackage).concat(sqlitePackage(driver));
  const unique = [...new Map(packages.map((found) => [`${found.name}@${found.version}`, found])).values()];
  unique.sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
  const shipped = (await git("ls-files", "docs", "deploy")).split("\n");
  for (const path of [...documents, ...shipped]) {
    mkdirSync(dirname(join(stage, path)), { recursive: true });
    cpSync(join(root, path), join(stage, path));
  }
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(stage, path)), { recursive: true });
    writeFileSync(join(stage, path), text);
  };
  write("apps/bff/package.json", `${JSON.stringify({ type: "module" })}\n`);
  write("bin/wsc-dashboard", launcher("main", "Starts the server."));
  write("bin/wsc", launcher("wsc", "Looks after what the dashboard keeps."));
  write("THIRD-PARTY-LICENSES", thirdPartyLicenses(unique));
  write("sbom.cdx.json", billOfMaterials(product, unique));
  return unique.length;
}

async function release(): Promise<string> {
  const product = await readProduct();
  const name = `wsc-dashboard-${product.version}-${platform}`;
  const stage = join(root, ".cache", "release", name);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  const count = await stageFiles(stage, product);
  sealDirectory(stage);
  const output = join(root, "dist");
  if (!existsSync(output)) mkdirSync(output);
  const hash = await packDirectory(stage, join(output, `${name}.tar.gz`), product.date);
  return `dist/${name}.tar.gz, ${count} packages inside, sha256 ${hash}`;
}

onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));
process.env.NODE_ENV = "production";
try {
  await step("release", release, (detail) => ({ detail }));
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}
