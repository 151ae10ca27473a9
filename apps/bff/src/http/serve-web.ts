import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { isPagePath, languages, pagePaths, WscError } from "@wsc-dashboard/wsc-core";
import type { NextFunction, Request, Response } from "express";
import { cookieValues } from "../identity/cookies.ts";
import { takesBrotli } from "./brotli.ts";
import { clearSiteData, setPagePolicy } from "./security-headers.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
};

interface Asset {
  readonly type: string;
  readonly bytes: Buffer;
  readonly brotli: Buffer | null;
  readonly immutable: boolean;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function readAssets(directory: string): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const file of filesBelow(directory)) {
    const type = mediaTypes[extname(file)];
    if (type === undefined) continue;
    const path = `/${relative(directory, file).split(sep).join("/")}`;
    const brotli = existsSync(`${file}.br`) ? readFileSync(`${file}.br`) : null;
    assets.set(path, { type, bytes: readFileSync(file), brotli, immutable: path.startsWith("/assets/") });
  }
  return assets;
}

const themes = ["light", "dark"];

function chosen(request: Request, cookie: string, allowed: readonly string[]): string | undefined {
  const [value] = cookieValues(request.headers.cookie, cookie);
  return allowed.find((candidate) => candidate === value);
}

/**
 * Serves the built web from memory: hashed assets for ever, compressed as built; the page fresh each time, with its nonce
 * and the person's language and theme. Answers every read outside of the API. `https`: browsers reach us over TLS. Throws when the web has not been built.
 */
export function serveWeb(directory: string, https: boolean) {
  const assets = readAssets(directory);
  const page = readFileSync(join(directory, "index.html"), "utf8");

  function sendPage(request: Request, response: Response, status: number): void {
    const nonce = randomBytes(16).toString("base64");
    const language = chosen(request, "wsc_lang", languages);
    const theme = chosen(request, "wsc_theme", themes);
    const root = `<html lang="${language ?? "en"}"${theme === undefined ? "" : ` data-theme="${theme}"`}>`;
    setPagePolicy(response, nonce, https);
    response
      .status(status)
      .type("html")
      .send(page.replaceAll("__CSP_NONCE__", nonce).replace('<html lang="en">', root));
  }

  return (request: Request, response: Response, next: NextFunction): void => {
    const { path } = request;
    if ((request.method !== "GET" && request.method !== "HEAD") || /^\/+api(\/|$)/i.test(path)) {
      next();
      return;
    }
    const asset = assets.get(path);
    if (asset !== undefined) {
      const brotli = asset.brotli !== null && takesBrotli(request);
      response.setHeader("Cache-Control", asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
      response.setHeader("Content-Type", asset.type);
      response.setHeader("Vary", "Accept-Encoding");
      if (brotli) response.setHeader("Content-Encoding", "br");
      response.send(brotli ? asset.brotli : asset.bytes);
      return;
    }
    // People come here after signing out, here or at a proxy that tells us nothing about it.
    if (path === pagePaths.signedOut) clearSiteData(response);
    const known = isPagePath(path);
    if (known || (/^\/[a-z0-9/_-]{0,200}$/i.test(path) && !path.startsWith("/assets/") && request.accepts("html"))) {
      sendPage(request, response, known ? 200 : 404);
      return;
    }
    throw new WscError("ROUTE_NOT_FOUND");
  };
}
