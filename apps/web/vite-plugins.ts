import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import type { Plugin } from "vite";

const serverOnly = /\/(?:packages\/wsc-core\/src\/(?:node|upstream)|packages\/wsc-emulator|apps\/bff)\//;

/** Fails the build, and a unit test as well, when the browser's code reaches for a module that must stay on the server. */
export function guardServerModules(): Plugin {
  return {
    name: "guard-server-modules",
    enforce: "pre",
    load(id) {
      if (serverOnly.test(id.replaceAll("\\", "/"))) {
        this.error(`${id} is server-only and must not be loaded by apps/web`);
      }
    },
  };
}

const compressible = /^assets\/.*\.(?:js|css|svg)$/;

/** Writes a brotli twin beside every hashed text asset, so that the server never compresses while someone waits. */
export function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    // Not earlier: Vite still rewrites chunks while it generates the bundle.
    writeBundle({ dir = "dist" }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!compressible.test(fileName)) continue;
        const text = readFileSync(join(dir, fileName));
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
        writeFileSync(join(dir, `${fileName}.br`), brotliCompressSync(text, { params }));
      }
    },
  };
}
