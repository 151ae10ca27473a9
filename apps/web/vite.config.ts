import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compileSchemas } from "./compile-schemas.ts";
import { buildTargets } from "./supported-browsers.ts";
import {
  askEarly,
  checkBrowserSupport,
  compileEagerly,
  dropServerFields,
  guardServerModules,
  precompress,
  preloadWords,
  startInParts,
  writeStartGuard,
} from "./vite-plugins.ts";

const firstWords = /\/messages\/(ko|ja|en)\/(?:first-page|formats|jobs|outages|plural|risks|shell|submissions)\.ts$/;

/** The words of the first page in one file for each language. */
function wordsFile(id: string): string | null {
  const [, language] = firstWords.exec(id.replaceAll("\\", "/")) ?? [];
  return language === undefined ? null : `words-${language}`;
}

/** Of React what runs first; it is evaluated when this file's module is. */
const reactModules = /\/node_modules\/(?:react|react-dom|scheduler)\/|\/src\/app\/create-root\.ts$/;
const contractModules = /\/packages\/wsc-core\/|\/node_modules\/zod\//;
/** Of the contract, what the menu of views needs: the first list does not wait for more. */
const viewContractModules = /\/wsc-core\/src\/api\/(?:views|plain-text)\.ts$/;
const viewMenuModules =
  /\/src\/views\/(?:view-menu|view-search)\.|\/src\/api\/view-queries\.|\/src\/ui\/(?:menu|place-below)\./;
/**
 * What several pages share, in one file: each further file costs a slow line a round trip, and a page a preload. Without what
 * brings react-hook-form.
 */
const sharedModules =
  /\/src\/(?:api|ui|domain-ui)\/|\/src\/forms\/(?!submit-key|form-error|use-error|error-summary)|\/lucide-react\//;
const verdictModules = /\/src\/verdicts\/|\/verdict-words\.ts$/;

export default defineConfig({
  plugins: [
    guardServerModules(),
    dropServerFields(),
    compileSchemas(),
    writeStartGuard(),
    preloadWords(),
    askEarly(),
    startInParts(),
    react(),
    tailwindcss(),
    checkBrowserSupport(),
    compileEagerly(),
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
    // What every page begins with is few files: each further one is compressed worse. They run one after the other.
    rolldownOptions: {
      // Schemas that nothing uses are left out.
      treeshake: { manualPureFunctions: ["z", "endpoint", "codeError", "pageNumber"] },
      output: {
        codeSplitting: {
          groups: [
            { name: wordsFile },
            { name: "react", test: reactModules },
            { name: "contract", test: contractModules, tags: ["$initial"] },
            { name: "libraries", test: /\/node_modules\//, tags: ["$initial"] },
            { name: "first", tags: ["$initial"] },
            { name: "contract-of-views", test: viewContractModules },
            { name: "view-menu", test: viewMenuModules },
            { name: "contract-of-pages", test: contractModules, minShareCount: 3 },
            { name: "shared", test: sharedModules, minShareCount: 3 },
            { name: "verdicts", test: verdictModules, minShareCount: 3 },
          ],
        },
      },
    },
  },
});
