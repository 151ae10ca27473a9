import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPagePath, languages, pagePaths, WscError } from "@wsc-dashboard/wsc-core";
import type { NextFunction, Request, Response } from "express";
import { cookieValues } from "../identity/cookies.ts";
import { clearSiteData, createPageHeaders } from "./security-headers.ts";
import { serveAssets } from "./web-assets.ts";

const themes = ["light", "dark"];
/** What the person's language and theme replace in the page. */
const ownAttributes = '<html lang="en"';

function chosen(request: Request, cookie: string, allowed: readonly string[]): string | undefined {
  const [value] = cookieValues(request.headers.cookie, cookie);
  return allowed.find((candidate) => candidate === value);
}

/**
 * Serves the built web: its files, and for every page the HTML document with a new nonce and the person's language and theme.
 * Handles all reads outside the API. `https`: browsers reach us over TLS. Throws when the web has not been built.
 */
export function serveWeb(directory: string, https: boolean) {
  const serveAsset = serveAssets(directory);
  const setPageHeaders = createPageHeaders(https);
  const page = readFileSync(join(directory, "index.html"), "utf8");
  if (!page.includes(ownAttributes)) throw new Error("index.html does not begin with the language it is written in");

  function sendPage(request: Request, response: Response, status: number): void {
    const nonce = randomBytes(16).toString("base64");
    const language = chosen(request, "wsc_lang", languages);
    const theme = chosen(request, "wsc_theme", themes);
    const attributes = `lang="${language ?? "en"}"${theme === undefined ? "" : ` data-theme="${theme}"`}`;
    setPageHeaders(response, nonce);
    response
      .status(status)
      .type("html")
      .send(page.replaceAll("__CSP_NONCE__", nonce).replace(ownAttributes, () => `<html ${attributes}`));
  }

  function answerPage(request: Request, response: Response, next: NextFunction): void {
    const { path } = request;
    // People arrive here after logout, here or at a proxy that does not notify us.
    if (path === pagePaths.signedOut) clearSiteData(response);
    const known = isPagePath(path);
    if (known || (/^\/[a-z0-9/_-]{0,200}$/i.test(path) && !path.startsWith("/assets/") && request.accepts("html"))) {
      sendPage(request, response, known ? 200 : 404);
      return;
    }
    next(new WscError("ROUTE_NOT_FOUND"));
  }

  return (request: Request, response: Response, next: NextFunction): void => {
    const { path } = request;
    if ((request.method !== "GET" && request.method !== "HEAD") || /^\/+api(\/|$)/i.test(path)) {
      next();
      return;
    }
    serveAsset(request, response, (error?: unknown) =>
      error === undefined ? answerPage(request, response, next) : next(error),
    );
  };
}
