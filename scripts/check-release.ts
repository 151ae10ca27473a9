/**
 * Makes the archive of this commit in two fresh clones at different places and compares the bytes. Takes a minute; not part of
 * `npm test`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onStopRequest, runProcess, stopAllProcesses } from "./processes.mjs";
import { describeFailure, Refusal, step } from "./step.mjs";
import { nodeBinary, root, toolEnvironment } from "./toolchain.mjs";

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { ok, output } = await runProcess(command, args, { cwd, env: toolEnvironment() });
  if (!ok) throw new Refusal(`${command} ${args.join(" ")} failed.`, output);
}

async function releaseIn(directory: string): Promise<string> {
  await run("git", ["clone", "--quiet", "--no-hardlinks", root, directory], tmpdir());
  await run("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], directory);
  await run(nodeBinary(), ["scripts/release.ts"], directory);
  const file = readdirSync(join(directory, "dist")).find((name) => name.endsWith(".sha256"));
  if (file === undefined) throw new Refusal("No archive was made.");
  return readFileSync(join(directory, "dist", file), "utf8").trim();
}

const base = mkdtempSync(join(tmpdir(), "wsc-release-"));
onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));
try {
  const first = await step(
    "first",
    () => releaseIn(join(base, "a")),
    (detail) => ({ detail }),
  );
  const second = await step(
    "second",
    () => releaseIn(join(base, "another-place", "b")),
    (detail) => ({ detail }),
  );
  if (first !== second) throw new Refusal("Two builds of the same commit differ.");
  process.stdout.write("the same bytes twice\n");
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
} finally {
  rmSync(base, { recursive: true, force: true });
}
