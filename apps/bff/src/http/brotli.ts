import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { Request } from "express";

const compress = promisify(brotliCompress);
/** Below this size compression costs more than it saves. */
const minBytes = 16_384;
/** Compresses nearly as well as the maximum in a hundredth of the time. */
const quality = 5;
const compressed = new WeakMap<Uint8Array, Promise<Buffer>>();

/** Whether the client accepts brotli (RFC 9110, Accept-Encoding). */
export function acceptsBrotli(request: Request): boolean {
  return /(^|[\s,])br\b(?!\s*;\s*q=0(\.0*)?(,|$))/.test(request.get("accept-encoding") ?? "");
}

/**
 * Compresses with brotli, once per byte array; `null` when it is too small. Only for responses without secrets, because the
 * compressed length reveals content.
 */
export async function brotliOf(bytes: Uint8Array): Promise<Buffer | null> {
  if (bytes.length < minBytes) return null;
  const known = compressed.get(bytes);
  if (known !== undefined) return known;
  const compressing = compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  compressed.set(bytes, compressing);
  return compressing;
}
