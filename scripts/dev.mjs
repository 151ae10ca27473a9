/**
 * The entry point of `npm start`, `npm test` and the others, on a fresh clone too: fetches what is missing, then hands over to
 * the task. No dependencies; runs on Node 18 and later.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { onStopRequest, startProcess, stopAllProcesses } from "./processes.mjs";
import { describeFailure, Refusal, step } from "./step.mjs";
import { ensurePackages, ensureTools, nodeBinary, root, toolEnvironment } from "./toolchain.mjs";

/** @type {Record<string, readonly string[]>} */
const tasks = {
  start: ["start.ts"],
  dev: ["start.ts", "--watch"],
  build: ["build.ts"],
  test: ["test.ts"],
  unit: ["run-tests.ts", "unit"],
  components: ["run-tests.ts", "components"],
  e2e: ["run-tests.ts", "e2e"],
  "trial:firefox": ["run-tests.ts", "firefox"],
  "docs:pictures": ["run-tests.ts", "pictures"],
  gallery: ["run-tests.ts", "gallery"],
  check: ["test.ts", "--quick"],
  docs: ["generate-docs.ts"],
  bench: ["bench.ts"],
  release: ["release.ts"],
  "lint:openapi": ["lint-open-api.ts"],
  "trial:sso": ["trial-sso.ts"],
  "trial:replicas": ["trial-replicas.ts"],
  "trial:alerts": ["trial-alerts.ts"],
};

const [command = "", ...rest] = process.argv.slice(2);

/** @type {NodeJS.Signals | undefined} */
let stopSignal;
/** @type {import("node:child_process").ChildProcess | undefined} */
let task;

onStopRequest((name) => {
  stopSignal = name;
  // The task ends its own processes; before it has started they are ended here.
  if (task === undefined) void stopAllProcesses().then(() => process.exit(130));
  else task.kill(name);
});
followParent();

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(describeFailure(error));
  if (command === "test" || command === "check") process.stdout.write("0 passed, 1 failed\n");
  process.exitCode = 1;
}

async function main() {
  const [script, ...preset] = tasks[command] ?? [];
  if (script === undefined) throw new Refusal(`Say what to do: node scripts/dev.mjs ${Object.keys(tasks).join(" | ")}`);
  if (!existsSync(join(root, "pnpm-lock.yaml")))
    throw new Refusal("pnpm-lock.yaml is missing: the clone is incomplete.");
  await step("tools", ensureTools, (detail) => ({ detail }));
  await step("packages", ensurePackages, (changed) => ({ detail: changed ? "installed" : "up to date" }));
  return handOver([join(root, "scripts", script), ...preset, ...rest]);
}

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code to pass on
 */
function handOver(args) {
  return new Promise((resolve, reject) => {
    task = startProcess(nodeBinary(), args, {
      cwd: root,
      env: toolEnvironment(),
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      sameGroup: true,
    });
    task.once("error", reject);
    task.once("exit", (code) => resolve(code ?? 130));
    if (stopSignal !== undefined) task.kill(stopSignal);
  });
}

/** When npm is killed with SIGKILL it forwards no signal; its children detect that by their new parent. */
function followParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parents = parentsUpToNpm();
  setInterval(() => {
    if (parentsUpToNpm() === parents) return;
    if (task === undefined) void stopAllProcesses().then(() => process.exit(130));
    else task.kill("SIGTERM");
  }, 500).unref();
}

/** The parent and, where npm put a shell between itself and this process, the shell's parent (seen on Linux only). */
function parentsUpToNpm() {
  try {
    const [, name, parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${process.ppid}/stat`, "utf8")) ?? [];
    if (name !== undefined && /^(?:ba|da|z)?sh$/.test(name)) return `${process.ppid} ${parent}`;
  } catch {
    // No /proc on this system.
  }
  return String(process.ppid);
}
