import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { Request } from "express";

const compress = promisify(brotliCompress);
/** Below this size compressing costs more than it saves. */
const minBytes = 16_384;
/** Nearly all of the best saving for a hundredth of its time. */
const quality = 5;
const compressed = new WeakMap<Uint8Array, Promise<Buffer>>();

/** Whether the client accepts brotli (RFC 9110, Accept-Encoding). */
export function acceptsBrotli(request: Request): boolean {
  return /(^|[\s,])br\b(?!\s*;\s*q=0(\.0*)?(,|$))/.test(request.get("accept-encoding") ?? "");
}

/**
 * The same bytes as brotli, made once for as long as they are kept; `null` where it is not worth it. Only for answers that hold
 * no secret: the length of a compressed answer tells of what is in it.
 */
export async function brotliOf(bytes: Uint8Array): Promise<Buffer | null> {
  if (bytes.length < minBytes) return null;
  const known = compressed.get(bytes);
  if (known !== undefined) return known;
  const compressing = compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  compressed.set(bytes, compressing);
  return compressing;
}
