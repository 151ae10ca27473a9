import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from "node:zlib";

/** A body whose content coding is unknown, broken, or that becomes too large. */
export class UndecodableContent extends Error {
  override readonly name = "UndecodableContent";
}

type Decoder = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

/** "deflate" is a zlib stream (RFC 9110 section 8.4.1.2), but some senders omit the zlib header. */
const inflateEither: Decoder = (body, options) => {
  const first = body[0] ?? 0;
  const hasZlibHeader = (first & 0x0f) === 8 && body.length > 1 && (first * 256 + (body[1] ?? 0)) % 31 === 0;
  return promisify(hasZlibHeader ? inflate : inflateRaw)(body, options);
};

const decoders: ReadonlyMap<string, Decoder> = new Map<string, Decoder>([
  ["gzip", promisify(gunzip)],
  ["x-gzip", promisify(gunzip)],
  ["deflate", inflateEither],
  ["br", promisify(brotliDecompress)],
  ["zstd", promisify(zstdDecompress)],
]);
const maxCodings = 3;

/**
 * Decodes the content codings of a body (RFC 9110 section 8.4), the last applied first. A sender may use one although none was
 * requested. Throws UndecodableContent for an unknown or broken coding, or when the result exceeds `maxBytes`.
 */
export async function decodeContent(
  body: Buffer,
  contentEncoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const codings = (contentEncoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > maxCodings) throw new UndecodableContent(`${codings.length} content codings`);
  let decoded = body;
  for (const coding of codings.reverse()) {
    const decode = decoders.get(coding);
    if (decode === undefined) throw new UndecodableContent("a content coding that is not known");
    // An empty body, as with 204, is not encoded whatever the header says.
    if (decoded.length === 0) return decoded;
    try {
      decoded = await decode(decoded, { maxOutputLength: maxBytes });
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "broken";
      throw new UndecodableContent(`the content coding could not be taken off (${code})`);
    }
  }
  return decoded;
}
