import { defineConfig } from "vite";

// One file that needs no node_modules beside it, so that production is `node dist/main.js` and nothing else.
export default defineConfig({
  ssr: { noExternal: true },
  build: {
    ssr: "src/main.ts",
    outDir: "dist",
    emptyOutDir: true,
    target: "node20",
    minify: false,
    rolldownOptions: { output: { entryFileNames: "main.js", codeSplitting: false } },
  },
});
