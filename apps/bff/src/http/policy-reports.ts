import { WscError } from "@wsc-dashboard/wsc-core";
import express, { type NextFunction, type Request, type Response, Router } from "express";
import * as z from "zod/mini";
import { inputError } from "./field-errors.ts";
import { contextOf } from "./request-context.ts";
import { reportPath } from "./security-headers.ts";

const maxBodyBytes = 16_384;
const maxPerMinute = 30;
const minuteMs = 60_000;

const text = z.optional(z.string());
const line = z.optional(z.number());

/** Body of a report by `report-uri`. */
const singleReport = z.object({
  "csp-report": z.object({
    "document-uri": text,
    "effective-directive": text,
    "violated-directive": text,
    "blocked-uri": text,
    "source-file": text,
    "line-number": line,
  }),
});

/** Body of reports by `report-to`: several, of any kind. */
const reportList = z.array(
  z.object({
    type: z.string(),
    body: z.object({
      documentURL: text,
      effectiveDirective: text,
      blockedURL: text,
      sourceFile: text,
      lineNumber: line,
    }),
  }),
);

interface PolicyReport {
  readonly page: string | null;
  readonly directive: string | null;
  readonly blocked: string | null;
  readonly source: string | null;
  readonly line: number | null;
}

/** Removes what may be confidential: query, fragment, and the path on another host. */
function placeOf(address: string | undefined, host: string | undefined): string | null {
  if (address === undefined) return null;
  if (!URL.canParse(address)) return /^[a-z-]{1,32}$/.test(address) ? address : "unreadable";
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return url.protocol.slice(0, 40);
  return (url.host === host ? url.pathname : url.origin).slice(0, 200);
}

/** Older browsers send the whole directive; the first word is its name. */
const directiveOf = (directive: string | undefined): string | null =>
  /^([a-z-]{1,40})(?: |$)/.exec(directive ?? "")?.[1] ?? null;

function readSingle(body: unknown, host: string | undefined): PolicyReport[] {
  const read = singleReport.safeParse(body, { reportInput: true });
  if (!read.success) throw inputError(read.error.issues, "body");
  const report = read.data["csp-report"];
  return [
    {
      page: placeOf(report["document-uri"], host),
      directive: directiveOf(report["effective-directive"] ?? report["violated-directive"]),
      blocked: placeOf(report["blocked-uri"], host),
      source: placeOf(report["source-file"], host),
      line: report["line-number"] ?? null,
    },
  ];
}

function readList(body: unknown, host: string | undefined): PolicyReport[] {
  const read = reportList.safeParse(body, { reportInput: true });
  if (!read.success) throw inputError(read.error.issues, "body");
  return read.data
    .filter(({ type }) => type === "csp-violation")
    .map(({ body: report }) => ({
      page: placeOf(report.documentURL, host),
      directive: directiveOf(report.effectiveDirective),
      blocked: placeOf(report.blockedURL, host),
      source: placeOf(report.sourceFile, host),
      line: report.lineNumber ?? null,
    }));
}

const readers: Readonly<Record<string, typeof readSingle>> = {
  "application/csp-report": readSingle,
  "application/reports+json": readList,
};

const typeOf = ({ headers }: Request): string => headers["content-type"]?.split(";")[0]?.trim().toLowerCase() ?? "";

function ownPageOnly(request: Request, _response: Response, next: NextFunction): void {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") {
    throw new WscError("ORIGIN_FORBIDDEN", "Sec-Fetch-Site is not same-origin");
  }
  if (readers[typeOf(request)] === undefined) throw new WscError("CONTENT_TYPE_UNSUPPORTED");
  next();
}

/**
 * Receives CSP violation reports without authentication, because the browser sends them by itself. They are only logged, with a
 * limit per minute against flooding.
 */
export function policyReports(now: () => number): Router {
  let windowEnd = Number.NEGATIVE_INFINITY;
  let written = 0;
  let leftOut = 0;

  function write(request: Request, reports: readonly PolicyReport[]): void {
    const { logger } = contextOf(request);
    if (now() >= windowEnd) {
      if (leftOut > 0) logger.warn({ count: leftOut }, "policy reports were left out: too many in a minute");
      windowEnd = now() + minuteMs;
      written = 0;
      leftOut = 0;
    }
    for (const report of reports) {
      written += 1;
      if (written > maxPerMinute) leftOut += 1;
      else logger.warn(report, "a browser refused something on a page");
    }
  }

  const router = Router({ caseSensitive: true, strict: true });
  const body = express.json({ limit: maxBodyBytes, inflate: false, type: Object.keys(readers) });
  router.post(reportPath, ownPageOnly, body, (request, response) => {
    write(request, readers[typeOf(request)]?.(request.body, request.headers.host) ?? []);
    response.status(204).end();
  });
  return router;
}
