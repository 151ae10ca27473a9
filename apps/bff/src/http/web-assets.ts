import { readdirSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import express, { type NextFunction, type Request, type Response } from "express";
import { acceptsBrotli } from "./brotli.ts";

/** Files without a URL of their own: pages need a nonce, and brotli variants are served under the original name. */
const unlisted = /\.(?:html|br)$/;

function pathsBelow(directory: string): Set<string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Set(
    files.map((entry) => `/${relative(directory, join(entry.parentPath, entry.name)).split(sep).join("/")}`),
  );
}

/**
 * Serves the files of the built web that existed at the start, and nothing else: hashed assets are cached forever, others are
 * revalidated. Sends the brotli variant when it exists and the client accepts it.
 */
export function serveAssets(directory: string) {
  const paths = pathsBelow(directory);
  const serveFile = express.static(directory, { index: false, redirect: false });

  return (request: Request, response: Response, next: NextFunction): void => {
    const { path, url } = request;
    if (!paths.has(path) || unlisted.test(path)) {
      next();
      return;
    }
    response.vary("Accept-Encoding");
    response.setHeader(
      "Cache-Control",
      path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    );
    if (paths.has(`${path}.br`) && acceptsBrotli(request)) {
      response.setHeader("Content-Encoding", "br");
      response.type(extname(path));
      request.url = `${path}.br`;
    }
    // The callback runs only when the file was deleted since the start.
    serveFile(request, response, (error?: unknown) => {
      request.url = url;
      for (const name of ["Cache-Control", "Content-Encoding", "Content-Type"]) response.removeHeader(name);
      next(error);
    });
  };
}
