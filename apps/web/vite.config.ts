import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { buildTargets } from "./supported-browsers.ts";
import { checkBrowserSupport, guardServerModules, precompress, writeStartGuard } from "./vite-plugins.ts";

export default defineConfig({
  plugins: [guardServerModules(), writeStartGuard(), react(), tailwindcss(), checkBrowserSupport(), precompress()],
  // The BFF puts a fresh nonce in its place for each answer.
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    sourcemap: false,
    // Inlined data: URLs would be fetched under other rules than the rest of the assets.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    target: buildTargets,
    modulePreload: { polyfill: false },
  },
});
