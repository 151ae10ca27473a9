import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { buildTargets } from "./supported-browsers.ts";
import {
  checkBrowserSupport,
  dropServerFields,
  guardServerModules,
  precompress,
  preloadWords,
  writeStartGuard,
} from "./vite-plugins.ts";

const firstWords = /\/messages\/(ko|ja|en)\/(?:first-page|formats|jobs|outages|plural|risks|shell|submissions)\.ts$/;

/** The words of the first page in one file for each language. */
function wordsFile(id: string): string | null {
  const [, language] = firstWords.exec(id.replaceAll("\\", "/")) ?? [];
  return language === undefined ? null : `words-${language}`;
}

export default defineConfig({
  plugins: [
    guardServerModules(),
    dropServerFields(),
    writeStartGuard(),
    preloadWords(),
    react(),
    tailwindcss(),
    checkBrowserSupport(),
    precompress(),
  ],
  // The BFF puts a fresh nonce in its place for each answer.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    sourcemap: false,
    // Inlined data: URLs would be fetched under other rules than the rest of the assets.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    target: buildTargets,
    modulePreload: { polyfill: false },
    // What every page begins with is one file: each further one costs a trip to the server and is compressed worse.
    rolldownOptions: {
      // Schemas that nothing uses are left out.
      treeshake: { manualPureFunctions: ["z", "endpoint", "codeError", "pageNumber"] },
      output: { codeSplitting: { groups: [{ name: wordsFile }, { name: "first", tags: ["$initial"] }] } },
    },
  },
});
