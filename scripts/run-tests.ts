/**
 * Runs some of the tests with their tool's own output: `unit [FILE...]` with Vitest, `components [FILE...]` with Vitest in a
 * browser, `e2e [FILE...] [-g TEXT]` with Playwright on an up-to-date build, `firefox` for the trial in Firefox,
 * `pictures` to take those of README and user guide, `gallery [-g TEXT]` to take pictures of all pages and states. All arguments after the first word go to the tool.
 */
import { join } from "node:path";
import { tryInFirefox } from "../e2e/firefox/try-in-firefox.ts";
import { writeGallery } from "../e2e/gallery/write-gallery.ts";
import { takeGuidePictures } from "../e2e/guide/take-guide-pictures.ts";
import { build } from "./build.ts";
import { ensureBrowser } from "./find-browser.ts";
import { onStopRequest, startProcess, stopAllProcesses } from "./processes.mjs";
import { describeFailure, Refusal, step } from "./step.mjs";
import { nodeBinary, root } from "./toolchain.mjs";

const [kind, ...rest] = process.argv.slice(2);

onStopRequest(() => void stopAllProcesses().then(() => process.exit(130)));

try {
  if (kind === "unit") {
    if (mayStartServers(rest)) await step("build", build, (detail) => ({ detail }));
    process.exitCode = await run("vitest/vitest.mjs", ["run", ...rest]);
  } else if (kind === "components") {
    const chromium = await step("browser", ensureBrowser, (detail) => ({ detail }));
    const config = join(root, "vitest.components.config.ts");
    process.exitCode = await run("vitest/vitest.mjs", ["run", "--config", config, ...rest], { E2E_CHROMIUM: chromium });
  } else if (kind === "e2e") {
    const chromium = await step("browser", ensureBrowser, (detail) => ({ detail }));
    await step("build", build, (detail) => ({ detail }));
    process.exitCode = await run("@playwright/test/cli.js", ["test", ...rest], { E2E_CHROMIUM: chromium });
  } else if (kind === "firefox") {
    await step("build", build, (detail) => ({ detail }));
    process.exitCode = await tryInFirefox();
  } else if (kind === "pictures") {
    const chromium = await step("browser", ensureBrowser, (detail) => ({ detail }));
    await step("build", build, (detail) => ({ detail }));
    await step(
      "pictures",
      () => takeGuidePictures(chromium),
      (count) => ({ detail: `${count} in docs/images` }),
    );
  } else if (kind === "gallery") {
    const chromium = await step("browser", ensureBrowser, (detail) => ({ detail }));
    await step("build", build, (detail) => ({ detail }));
    const words = ["test", "--config=playwright.gallery.config.ts", ...rest];
    process.exitCode = await run("@playwright/test/cli.js", words, { E2E_CHROMIUM: chromium });
    const { path, count } = writeGallery();
    process.stdout.write(`\n${count} pictures: open ${path} in a browser.\n`);
  } else
    throw new Refusal(
      "Say which tests: node scripts/run-tests.ts unit | components | e2e | firefox | pictures | gallery",
    );
} catch (error) {
  process.stderr.write(describeFailure(error));
  process.exitCode = 1;
}

/** Tests of the whole BFF start it as a process, which serves the built web and refuses to start without it. */
function mayStartServers(words: readonly string[]): boolean {
  const files = words.filter((word) => !word.startsWith("-"));
  return files.length === 0 || files.some((file) => !/(?:^|\/)src\/|^packages\//.test(file));
}

/** Returns the exit code of the tool, which shares this terminal. */
function run(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = startProcess(nodeBinary(), [join(root, "node_modules", file), ...args], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: "inherit",
      sameGroup: true,
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 130));
  });
}
