import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { buildTargets } from "./supported-browsers.ts";
import {
  askEarly,
  checkBrowserSupport,
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
/** Loaded after the first list, and by most other pages. */
const viewMenuModules =
  /\/src\/views\/(?:view-menu|view-search)\.|\/src\/ui\/(?:menu|place-below)\.|\/api\/(?:view-queries|views|plain-text)\.ts$|\/use-view-words\.ts$|\/icons\/chevron-down\./;
/** What several pages share, in one file: each further file costs a slow line a round trip, and a page a preload. */
const sharedModules =
  /\/src\/(?:api|ui|domain-ui)\/|\/src\/forms\/(?!submit-key|form-error|use-error|error-summary)|lucide-react/;
const verdictModules =
  /\/src\/verdicts\/|\/verdict-words\.ts$|\/messages\/(?:ko|ja|en)\/verdicts\.ts$|queriesObserver|useQueries/;

export default defineConfig({
  plugins: [
    guardServerModules(),
    dropServerFields(),
    writeStartGuard(),
    preloadWords(),
    askEarly(),
    startInParts(),
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
