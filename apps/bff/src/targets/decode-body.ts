import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

const unpackers: Readonly<Record<string, (bytes: Buffer, maxOutputLength: number) => Buffer>> = {
  gzip: (bytes, maxOutputLength) => gunzipSync(bytes, { maxOutputLength }),
  deflate: (bytes, maxOutputLength) => inflateSync(bytes, { maxOutputLength }),
  br: (bytes, maxOutputLength) => brotliDecompressSync(bytes, { maxOutputLength }),
};

const charsetOf = (text: string): string | undefined =>
  /charset\s{0,9}=\s{0,9}(?:["']\s{0,9})?([\w.:-]{1,40})/i.exec(text)?.[1];

function decode(bytes: Buffer, label = "utf-8"): string {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder("utf-8").decode(bytes);
  }
}

/**
 * Decodes a response body by the charset of its content type or of its first kilobyte. Returns an empty text for a compressed
 * body that is broken, or larger than `maxBytes` when decompressed.
 */
export function decodeBody(bytes: Buffer, type: string, encoding: string, maxBytes: number): string {
  let plain = bytes;
  const name = encoding.trim().toLowerCase();
  if (name !== "" && name !== "identity") {
    const unpack = Object.hasOwn(unpackers, name) ? unpackers[name] : undefined;
    try {
      plain = unpack?.(bytes, maxBytes) ?? Buffer.alloc(0);
    } catch {
      return "";
    }
  }
  const label = charsetOf(type) ?? charsetOf(plain.subarray(0, 1024).toString("latin1"));
  return decode(plain, label);
}
