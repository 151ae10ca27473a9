import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import type { Request } from "express";

const compress = promisify(brotliCompress);
/** Below it, compressing costs more than it saves. */
const leastBytes = 16_384;
/** Nearly all of the best saving for a hundredth of its time. */
const quality = 5;
const made = new WeakMap<Uint8Array, Promise<Buffer>>();

/** Whether the asker takes brotli. */
export function takesBrotli(request: Request): boolean {
  return /(^|[\s,])br\b(?!\s*;\s*q=0(\.0*)?(,|$))/.test(request.get("accept-encoding") ?? "");
}

/**
 * The same bytes as brotli, made once for as long as they are kept; `null` where it is not worth it. Only for answers that hold
 * no secret: the length of a compressed answer tells of what is in it.
 */
export async function brotliOf(bytes: Uint8Array): Promise<Buffer | null> {
  if (bytes.length < leastBytes) return null;
  const known = made.get(bytes);
  if (known !== undefined) return known;
  const making = compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
  made.set(bytes, making);
  return making;
}
