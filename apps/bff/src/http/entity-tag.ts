import { createHash, hash } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Request } from "express";

/** Longer responses are hashed in slices of this many bytes, with other requests in between. */
const maxHashedBytes = 512 * 1024;
const known = new WeakMap<Uint8Array, string | Promise<string>>();

const tagOf = (digest: string): string => `W/"${digest.slice(0, 27)}"`;

/** The weak entity tag of a response (RFC 9110, section 8.8.3). */
export const etagOf = (bytes: Uint8Array): string => tagOf(hash("sha256", bytes, "base64url"));

async function hashedInSlices(bytes: Uint8Array): Promise<string> {
  const digest = createHash("sha256");
  for (let at = 0; at < bytes.length; at += maxHashedBytes) {
    await setImmediate();
    digest.update(bytes.subarray(at, at + maxHashedBytes));
  }
  const tag = tagOf(digest.digest("base64url"));
  known.set(bytes, tag);
  return tag;
}

/** The same, cached per byte array. */
export function keptEtagOf(bytes: Uint8Array): string | Promise<string> {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const tag = bytes.length > maxHashedBytes ? hashedInSlices(bytes) : etagOf(bytes);
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
