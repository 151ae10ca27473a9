import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import webConfig from "./apps/web/vite.config.ts";
import { browserArguments, findBrowser } from "./scripts/find-browser.ts";
import { hangLimitMs, pageHangLimitMs } from "./scripts/hang-limit.ts";

const executablePath = findBrowser();

/** Component tests: one component in a real browser, without a server. */
export default defineConfig({
  plugins: [...(webConfig.plugins ?? [])],
  root: `${import.meta.dirname}/apps/web`,
  cacheDir: "node_modules/.vite-components",
  optimizeDeps: {
    include: [
      ...["react", "react-dom", "react-dom/client", "react/jsx-dev-runtime", "vitest-browser-react"],
      ...["@tanstack/react-query", "@tanstack/react-router", "lucide-react"],
    ],
  },
  test: {
    include: ["src/**/*.component.test.tsx"],
    allowOnly: false,
    testTimeout: hangLimitMs,
    hookTimeout: hangLimitMs,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: { args: [...browserArguments], ...(executablePath === null ? {} : { executablePath }) },
        actionTimeout: pageHangLimitMs,
      }),
      instances: [{ browser: "chromium" }],
    },
    expect: { poll: { timeout: pageHangLimitMs } },
  },
});
