/** Builds the web and the BFF, each only when one of its inputs has changed since the last build. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { onStopRequest, runProcess, stopAllProcesses } from "./processes.mjs";
import { describeFailure, Refusal, step } from "./step.mjs";
import { nodeBinary, root } from "./toolchain.mjs";

interface BuildTarget {
  readonly name: "web" | "bff";
  readonly directory: string;
  /** Exists after every complete build. */
  readonly result: string;
}

const targets: readonly BuildTarget[] = [
  { name: "web", directory: "apps/web", result: "apps/web/dist/index.html" },
  { name: "bff", directory: "apps/bff", result: "apps/bff/dist/main.js" },
];

/** Inputs of every target besides its own folder. */
const sharedInputs = ["CHANGELOG.md", "packages/wsc-core", "pnpm-lock.yaml", "tsconfig.base.json", "scripts/build.ts"];
const notInputs = new Set(["node_modules", "dist", "test", "fixtures"]);

/** Builds what is not up to date and returns what was built; rejects with the tool's whole output when one fails. */
export async function build(): Promise<string> {
  const outcomes = await Promise.allSettled(targets.map(buildTarget));
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  if (failure !== undefined) throw failure.reason;
  const names = targets
    .filter((_, index) => outcomes[index]?.status === "fulfilled" && outcomes[index].value)
    .map((target) => target.name);
  return names.length === 0 ? "up to date" : names.join(", ");
}

/** Whether the build is of the current sources. */
export async function isBuilt(name: "web" | "bff"): Promise<boolean> {
  const target = targets.find((one) => one.name === name);
  return target !== undefined && isFresh(target, await fingerprintOf(target));
}

const recordOf = (target: BuildTarget): string => join(root, ".cache", "build", target.name);

async function isFresh(target: BuildTarget, fingerprint: string): Promise<boolean> {
  if (!existsSync(join(root, target.result))) return false;
  return (await readFile(recordOf(target), "utf8").catch(() => "")) === fingerprint;
}

async function buildTarget(target: BuildTarget): Promise<boolean> {
  const record = recordOf(target);
  const fingerprint = await fingerprintOf(target);
  if (await isFresh(target, fingerprint)) return false;

  // Removed first: an interrupted build must not look like the previous one.
  await rm(record, { force: true });
  const directory = join(root, target.directory);
  const vite = join(directory, "node_modules", "vite", "bin", "vite.js");
  const outcome = await runProcess(nodeBinary(), [vite, "build"], {
    cwd: directory,
    env: { ...process.env, NODE_ENV: "production", NO_COLOR: "1" },
  });
  if (!outcome.ok) throw new Refusal(`The build of ${target.directory} failed.`, outcome.output);
  await mkdir(join(root, ".cache", "build"), { recursive: true });
  await writeFile(record, fingerprint);
  return true;
}

async function fingerprintOf(target: BuildTarget): Promise<string> {
  const hash = createHash("sha256").update(`node ${process.versions.node}\n`);
  for (const input of [target.directory, ...sharedInputs]) {
    for (const file of await filesBelow(join(root, input))) {
      hash
        .update(`${relative(root, file)}\n`)
        .update(await readFile(file))
        .update("\n");
    }
  }
  return hash.digest("hex");
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  const nested = entries
    .filter((entry) => !notInputs.has(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(path, entry.name))
    .sort();
  return (await Promise.all(nested.map(filesBelow))).flat();
}

if (import.meta.main) {
  onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));
  try {
    await step("build", build, (detail) => ({ detail }));
  } catch (error) {
    process.stderr.write(describeFailure(error));
    process.exitCode = 1;
  }
}
