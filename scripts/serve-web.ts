/** The web from its sources, with hot module replacement, in front of a BFF. */
import { join } from "node:path";
import { createServer, type ViteDevServer } from "vite";
import { root } from "./toolchain.mjs";

interface WebPlace {
  readonly host: string;
  readonly port: number;
  /** Where the BFF listens. */
  readonly bffOrigin: string;
}

/** Paths that the BFF serves; every other path is a page or a module of the web. */
const bffPaths = ["/api", "/auth", "/csp-report", "/livez", "/readyz"];

/** The browser's Host header is kept: the BFF accepts only requests to the published origin. */
export async function serveWeb({ host, port, bffOrigin }: WebPlace): Promise<ViteDevServer> {
  const directory = join(root, "apps", "web");
  const server = await createServer({
    root: directory,
    configFile: join(directory, "vite.config.ts"),
    clearScreen: false,
    server: {
      host,
      port,
      strictPort: true,
      proxy: Object.fromEntries(bffPaths.map((path) => [`^${path}(?:[/?]|$)`, { target: bffOrigin }])),
    },
  });
  await server.listen();
  return server;
}
