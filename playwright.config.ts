import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./scripts/find-browser.ts";
import { hangLimitMs, pageHangLimitMs } from "./scripts/hang-limit.ts";

const executablePath = findBrowser();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  fullyParallel: false,
  timeout: hangLimitMs,
  expect: { timeout: pageHangLimitMs },
  reporter: "list",
  use: {
    // A context is emptied for the next test; a new one would start a renderer and compile the whole app again.
    reuseContext: true,
    actionTimeout: pageHangLimitMs,
    navigationTimeout: pageHangLimitMs,
    // What moves has no colour and no place of its own yet, and an endless animation keeps a core busy.
    contextOptions: { reducedMotion: "reduce" },
    browserName: "chromium",
    // Optimizing the scripts of pages that live for seconds takes longer than it saves.
    launchOptions: {
      args: [...browserArguments, "--js-flags=--no-opt,--no-maglev"],
      ...(executablePath === null ? {} : { executablePath }),
    },
    // A trace holds every header and cookie that passed.
    trace: "off",
    video: "off",
    screenshot: "only-on-failure",
  },
});
