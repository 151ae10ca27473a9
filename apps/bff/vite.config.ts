import { defineConfig } from "vite";

// Everything but the native module is in the built files, so that production is `node dist/main.js`.
export default defineConfig({
  ssr: { noExternal: true, external: ["better-sqlite3", "pg-native"] },
  build: {
    ssr: true,
    outDir: "dist",
    emptyOutDir: true,
    target: "node22",
    minify: false,
    rolldownOptions: {
      input: { main: "src/main.ts", wsc: "src/wsc.ts", "report-worker": "src/reports/report-worker.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "shared-[hash].js" },
    },
  },
});
