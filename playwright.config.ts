import { defineConfig } from "@playwright/test";
import { browserArguments, findBrowser } from "./scripts/find-browser.ts";

const executablePath = findBrowser();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: true,
  fullyParallel: false,
  timeout: 60_000,
  globalTimeout: 12 * 60_000,
  reporter: "list",
  use: {
    actionTimeout: 15_000,
    browserName: "chromium",
    launchOptions: { args: [...browserArguments], ...(executablePath === null ? {} : { executablePath }) },
    // A trace holds every header and cookie that passed.
    trace: "off",
    video: "off",
    screenshot: "only-on-failure",
  },
});
