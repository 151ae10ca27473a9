/**
 * Runs the benchmarks one after the other and prints their measurements as a table: `npm run bench [names]`; without names, all
 * that end within minutes.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type Row, rowText } from "../bench/goals.ts";
import { build } from "./build.ts";
import { onStopRequest, startProcess, stopAllProcesses } from "./processes.mjs";
import { Refusal, step } from "./step.mjs";
import { nodeBinary, root } from "./toolchain.mjs";

const usual = [
  "api",
  "storm",
  "large-report",
  "followers",
  "growth",
  "report-read",
  "verdicts",
  "upstream-faults",
  "report-viewer",
  "first-load",
];
const rows: Row[] = [];

/** Its output goes straight to the terminal. Resolves with whether the goals were reached. */
function run(name: string): Promise<boolean> {
  process.stdout.write(`\n${name}\n`);
  return new Promise((resolve, reject) => {
    const child = startProcess(nodeBinary(), [join(root, "bench", `${name}.ts`)], {
      cwd: root,
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    child.on("message", ({ row }: { readonly row: Row }) => rows.push(row));
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === 0));
  });
}

const known = new Set(readdirSync(join(root, "bench")).map((file) => file.replace(/\.ts$/, "")));
const named = process.argv.slice(2);
onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));
try {
  const unknown = named.find((name) => !known.has(name));
  if (unknown !== undefined) throw new Refusal(`There is no bench/${unknown}.ts.`);
  await step("build", build, (detail) => ({ detail }));
  const missed: string[] = [];
  for (const name of named.length === 0 ? usual : named) if (!(await run(name))) missed.push(name);
  process.stdout.write(`\n${rows.map(rowText).join("\n")}\n`);
  process.stdout.write(missed.length === 0 ? "\nall goals reached\n" : `\ngoals missed: ${missed.join(", ")}\n`);
  if (missed.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
