/** The checks of `npm test`, each with its own count; the order and the summary are in test.ts. */
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { build } from "./build.ts";
import { ensureBrowser } from "./find-browser.ts";
import { runProcess } from "./processes.mjs";
import { describeFailure, Refusal } from "./step.mjs";
import { nodeBinary, root } from "./toolchain.mjs";

export interface CheckResult {
  readonly passed: number;
  readonly failed: number;
  /** The tool's whole output, shown when something failed. */
  readonly output: string;
}

export interface Check {
  readonly name: string;
  readonly run: () => Promise<CheckResult>;
}

const reports = join(root, ".cache", "test");
const notSources = new Set(["node_modules", "dist", "test-results", "playwright-report"]);

const one = (ok: boolean, output: string): CheckResult => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, output });

/** Runs a tool's own program, so that nothing depends on shims or on the path. */
async function runTool(packageName: string, file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return runProcess(nodeBinary(), [join(root, "node_modules", packageName, file), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: undefined, ...env },
  });
}

/** What `npm run check` leaves to `npm test`: tests of the whole server, and those that wait for processes or clocks. */
const slowTests = [
  "{apps,packages}/*/test/**",
  "packages/wsc-emulator/src/{main,scanner/generated-site}.test.ts",
  "test/{deploy,linear-time,processes,release}.test.ts",
];

export const checks = {
  types: { name: "types", run: checkTypes },
  lint: {
    name: "lint",
    run: async () => {
      const { ok, output } = await runTool("@biomejs/biome", "bin/biome", [
        "ci",
        "--colors=off",
        "--error-on-warnings",
      ]);
      return one(ok, output);
    },
  },
  unused: {
    name: "unused",
    run: async () => {
      const { ok, output } = await runTool("knip", "bin/knip.js", ["--no-progress", "--treat-config-hints-as-errors"]);
      return one(ok, output);
    },
  },
  docs: {
    name: "docs",
    run: async () => {
      const { ok, output } = await runProcess(nodeBinary(), [join(root, "scripts", "generate-docs.ts"), "--check"]);
      return one(ok, output);
    },
  },
  unit: { name: "unit", run: () => runVitest("unit.json") },
  fastUnit: {
    name: "unit",
    run: () =>
      runVitest(
        "unit.json",
        slowTests.map((files) => `--exclude=${files}`),
      ),
  },
  components: { name: "components", run: runComponentTests },
  build: { name: "build", run: runBuild },
  browser: { name: "browser", run: runBrowserTests },
} satisfies Record<string, Check>;

/**
 * Every TypeScript file belongs to one of these, the largest first. What is compiled with the same options is compiled together,
 * since each project reads and checks what it imports; the server's own is a part of the first.
 */
const projects = ["tsconfig.json", "e2e/tsconfig.json", "apps/web/tsconfig.json", "packages/wsc-core/tsconfig.json"];

/** Compiles every project incrementally, and requires that each TypeScript file belongs to one. */
async function checkTypes(): Promise<CheckResult> {
  const files = await typescriptFiles(root);
  const covered = new Set<string>();
  let output = "";
  let ok = true;
  const left = [...projects];
  const check = async (): Promise<void> => {
    for (let project = left.shift(); project !== undefined; project = left.shift()) {
      const cache = join(root, ".cache", "types", `${project.replaceAll("/", "-")}.tsbuildinfo`);
      const incremental = ["--incremental", "--tsBuildInfoFile", cache];
      const words = ["-p", project, "--listFiles", "--pretty", "false", ...incremental];
      const result = await runTool("typescript", "bin/tsc", words);
      ok &&= result.ok;
      for (const line of result.output.split(/\r?\n/)) {
        const file = relative(root, line).replaceAll("\\", "/");
        if (/^(?:\/|[A-Za-z]:)/.test(line) && !line.includes("): ")) covered.add(file);
        else if (line !== "") output += `${line}\n`;
      }
    }
  };
  await Promise.all([check(), check(), check()]);
  for (const file of files.filter((name) => /\.(?:tsx?|mjs)$/.test(name) && !covered.has(name))) {
    ok = false;
    output += `${file}: no tsconfig includes this file\n`;
  }
  return one(ok, output);
}

async function typescriptFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => !notSources.has(entry.name) && !entry.name.startsWith("."))
      .map(async (entry) => {
        const path = join(directory, entry.name);
        return entry.isDirectory() ? typescriptFiles(path) : [relative(root, path).replaceAll("\\", "/")];
      }),
  );
  return found.flat().filter((file) => /\.(?:tsx?|mjs|json)$/.test(file));
}

/** When `words` contains paths, only files whose path contains one of them are run. */
async function runVitest(
  reportName: string,
  words: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<CheckResult> {
  const file = await freshReport(reportName);
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...words];
  const { ok, output } = await runTool("vitest", "vitest.mjs", args, { NO_COLOR: "1", ...env });
  const report = await readReport(file);
  return countOf(ok, output, {
    passed: report?.numPassedTests,
    failed: report?.numFailedTests,
    notRun: Number(report?.numPendingTests ?? 0) + Number(report?.numTodoTests ?? 0),
  });
}

async function runBuild(): Promise<CheckResult> {
  try {
    return one(true, await build());
  } catch (error) {
    return one(false, describeFailure(error));
  }
}

function runComponentTests(): Promise<CheckResult> {
  const words = ["--config", join(root, "vitest.components.config.ts")];
  return withBrowser((chromium) => runVitest("components.json", words, { E2E_CHROMIUM: chromium }));
}

async function withBrowser(run: (chromium: string) => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await run(await ensureBrowser());
  } catch (error) {
    if (error instanceof Refusal) return one(false, describeFailure(error));
    throw error;
  }
}

function runBrowserTests(): Promise<CheckResult> {
  return withBrowser(async (chromium) => {
    const file = await freshReport("browser.json");
    const { ok, output } = await runTool("@playwright/test", "cli.js", ["test", "--reporter=list,json"], {
      NO_COLOR: "1",
      E2E_CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    });
    const stats = (await readReport(file))?.stats as Record<string, unknown> | undefined;
    return countOf(ok, output, {
      passed: stats?.expected,
      failed: Number(stats?.unexpected ?? 0) + Number(stats?.flaky ?? 0),
      notRun: Number(stats?.skipped ?? 0),
    });
  });
}

/** A test that did not run has proven nothing, and a runner that fails without a failed test has itself failed. */
function countOf(
  ok: boolean,
  output: string,
  count: { readonly passed: unknown; readonly failed: unknown; readonly notRun: number },
): CheckResult {
  const passed = Number(count.passed ?? 0);
  const failed = Number(count.failed ?? 0) + count.notRun;
  const said = count.notRun > 0 ? `${output}\n${count.notRun} tests did not run\n` : output;
  if (failed === 0 && (!ok || passed === 0)) return { passed, failed: 1, output: said };
  return { passed, failed, output: said };
}

async function freshReport(name: string): Promise<string> {
  await mkdir(reports, { recursive: true });
  const file = join(reports, name);
  await rm(file, { force: true });
  return file;
}

async function readReport(file: string): Promise<Record<string, unknown> | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined;
  }
}
