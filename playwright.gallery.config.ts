import { defineConfig } from "@playwright/test";
import base from "./playwright.config.ts";

/** `npm run gallery`: pictures of every page in every state instead of checks. */
export default defineConfig({
  ...base,
  testDir: "e2e/gallery",
  testMatch: "take-*pictures.ts",
  outputDir: ".cache/gallery/failures",
});
