/** Runs every check, one line each; `--quick` omits those that need a build, a database server or a browser. */
import { type Check, type CheckResult, checks } from "./checks.ts";
import { onStopRequest, stopAllProcesses } from "./processes.mjs";
import { describeFailure, step } from "./step.mjs";

/** Checks of one row run side by side: each of them alone leaves a core idle for part of its time. */
type Rows = readonly (readonly Check[])[];

const quick: Rows = [[checks.types, checks.lint, checks.unused, checks.fastUnit]];
const all: Rows = [
  [checks.types, checks.lint, checks.unused, checks.docs, checks.build],
  [checks.unit],
  [checks.components],
  [checks.browser],
];

onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));

let passed = 0;
let failed = 0;
let buildFailed = false;

for (const row of process.argv.includes("--quick") ? quick : all) await Promise.all(row.map(report));

process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;

async function report(check: Check): Promise<void> {
  const result = await step(check.name, () => attempt(check), describe);
  passed += result.passed;
  failed += result.failed;
  if (check === checks.build) buildFailed = result.failed > 0;
  if (result.failed > 0) process.stdout.write(`\n${result.output.trimEnd()}\n\n`);
}

async function attempt(check: Check): Promise<CheckResult> {
  if ((check === checks.unit || check === checks.browser) && buildFailed)
    return { passed: 0, failed: 1, output: "These tests start what was built, and the build failed." };
  try {
    return await check.run();
  } catch (error) {
    return { passed: 0, failed: 1, output: describeFailure(error) };
  }
}

function describe(result: CheckResult): { failed: boolean; detail: string } {
  const isSingle = result.passed + result.failed === 1;
  return { failed: result.failed > 0, detail: isSingle ? "" : `${result.passed} passed, ${result.failed} failed` };
}
