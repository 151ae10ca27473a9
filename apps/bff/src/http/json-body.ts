import { WscError } from "@wsc-dashboard/wsc-core";
import express, { type NextFunction, type Request, type Response } from "express";

const maxBytes = 64 * 1024;
const maxDepth = 32;
const maxMembers = 1000;

function isWithinBounds(root: unknown): boolean {
  let level: unknown[] = [root];
  let members = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return false;
    level = level.flatMap((value) => (typeof value === "object" && value !== null ? Object.values(value) : []));
    members += level.length;
    if (members > maxMembers) return false;
  }
  return true;
}

const changingMethods: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);
const parse = express.json({ limit: maxBytes, strict: true, type: () => true, inflate: false });

/** Reads the body of a changing request: application/json only, at most 64 kB, 32 levels and 1,000 members. */
export function jsonBody(request: Request, response: Response, next: NextFunction): void {
  if (!changingMethods.has(request.method)) {
    next();
    return;
  }
  const type = request.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new WscError("CONTENT_TYPE_UNSUPPORTED");
  parse(request, response, (error?: unknown) => {
    if (error) {
      next(error);
      return;
    }
    // An empty body with the right type counts as an empty object.
    request.body ??= {};
    next(
      isWithinBounds(request.body)
        ? undefined
        : new WscError("JSON_INVALID", "body nests too deep or has too many members"),
    );
  });
}
