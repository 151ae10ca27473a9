import { hash, subtle } from "node:crypto";
import type { Request } from "express";

/** Longer responses are hashed by a thread of libuv's pool. */
const maxHashedBytes = 512 * 1024;
const known = new WeakMap<Uint8Array, string | Promise<string>>();

const tagOf = (digest: string): string => `W/"${digest.slice(0, 27)}"`;

/** The weak entity tag of a response (RFC 9110, section 8.8.3). */
export const etagOf = (bytes: Uint8Array): string => tagOf(hash("sha256", bytes, "base64url"));

async function hashedAside(bytes: Uint8Array): Promise<string> {
  const digest = await subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  const tag = tagOf(Buffer.from(digest).toString("base64url"));
  known.set(bytes, tag);
  return tag;
}

/** The same, cached per byte array. */
export function keptEtagOf(bytes: Uint8Array): string | Promise<string> {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const tag = bytes.length > maxHashedBytes ? hashedAside(bytes) : etagOf(bytes);
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
