/**
 * Finds the one browser of the tests: the named one, Playwright's own, the machine's, or one fetched now. Each candidate must
 * print its version before it counts, since a browser without its libraries does not start.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { hangLimitMs } from "./hang-limit.ts";
import { runProcess } from "./processes.mjs";
import { Refusal } from "./step.mjs";
import { nodeBinary, root } from "./toolchain.mjs";

const oldestMajor = 120;
/** The headless shell first: the same engine without the desktop parts takes half the time. */
const commandNames = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
];
const applicationPaths = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const isRoot = process.getuid?.() === 0;

/** For a machine without a display; turns off everything that is not the page under test. */
export const browserArguments: readonly string[] = [
  ...(isRoot ? ["--no-sandbox"] : []),
  "--disable-gpu",
  // Keeps no second renderer ready for another site: starting one takes longer than many a test.
  "--disable-site-isolation-trials",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** The installed browser, or null. When `E2E_CHROMIUM` is set, it alone decides. */
export function findBrowser(): string | null {
  const named = process.env.E2E_CHROMIUM;
  if (named !== undefined && named !== "") {
    if (!isRecentBrowser(named))
      throw new Refusal(`E2E_CHROMIUM names ${named}, which is not a Chromium ${oldestMajor} or later that starts.`);
    return named;
  }
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((directory) => commandNames.map((name) => join(directory, name)));
  return [chromium.executablePath(), ...onPath, ...applicationPaths].find(isRecentBrowser) ?? null;
}

/** The installed browser, or one fetched now: from Playwright, or as root on Debian from the distribution. */
export async function ensureBrowser(): Promise<string> {
  const present = findBrowser();
  if (present !== null) return present;
  const said: string[] = [];
  for (const install of [installPlaywrightBrowser, installDebianBrowser]) {
    said.push(await install());
    const fetched = findBrowser();
    if (fetched !== null) return fetched;
  }
  throw new Refusal(
    `The browser tests need Chromium or Chrome ${oldestMajor} or later and none could be fetched. ` +
      "Install one, or name its program in E2E_CHROMIUM, and run the command again.",
    said.join("\n"),
  );
}

function isRecentBrowser(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    const said = execFileSync(path, ["--version"], {
      encoding: "utf8",
      timeout: hangLimitMs,
      stdio: ["ignore", "pipe", "ignore"],
    });
    return Number(/(\d+)\.\d+\.\d+/.exec(said)?.[1] ?? 0) >= oldestMajor;
  } catch {
    return false;
  }
}

async function installPlaywrightBrowser(): Promise<string> {
  const program = createRequire(import.meta.url).resolve("@playwright/test/cli");
  const { output } = await runProcess(nodeBinary(), [program, "install", "chromium"], {
    cwd: root,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" },
    timeoutMs: hangLimitMs,
  });
  return output;
}

async function installDebianBrowser(): Promise<string> {
  if (!isRoot || !isDebian()) return "Not root on Debian, so no package was installed.";
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const run = (...words: readonly string[]) => runProcess("apt-get", words, { env, timeoutMs: hangLimitMs });
  const { output } = await run("update");
  const install = (name: string) => run("install", "-y", "--no-install-recommends", name);
  const shell = await install("chromium-headless-shell");
  return output + shell.output + (shell.ok ? "" : (await install("chromium")).output);
}

function isDebian(): boolean {
  try {
    return /^ID(?:_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}
