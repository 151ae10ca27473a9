import { hash } from "node:crypto";
import type { Request } from "express";

const known = new WeakMap<Uint8Array, string>();

/** The weak entity tag of a response (RFC 9110, section 8.8.3). */
export const etagOf = (bytes: Uint8Array): string => `W/"${hash("sha256", bytes, "base64url").slice(0, 27)}"`;

/** The same, cached per byte array. */
export function keptEtagOf(bytes: Uint8Array): string {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const tag = etagOf(bytes);
  known.set(bytes, tag);
  return tag;
}

/**
 * Whether If-None-Match contains the tag. Browsers that set the header themselves send `Cache-Control: no-cache` for our
 * `no-store` responses; it is ignored, since no cache lies in between.
 */
export function hasEtag(request: Request, etag: string): boolean {
  const named = request.headers["if-none-match"]?.split(",") ?? [];
  return named.some((tag) => tag.trim() === etag);
}
