import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeContent, UndecodableContent } from "./content-coding.ts";

const body = Buffer.from(JSON.stringify({ returnCode: "0", memo: "분기 점검" }));
const limit = 100_000;

describe("a body", () => {
  it.each<[string | undefined, Buffer]>([
    [undefined, body],
    ["", body],
    ["identity", body],
    ["gzip", gzipSync(body)],
    ["GZIP", gzipSync(body)],
    ["x-gzip", gzipSync(body)],
    ["deflate", deflateSync(body)],
    ["deflate", deflateRawSync(body)],
    ["br", brotliCompressSync(body)],
    ["zstd", zstdCompressSync(body)],
    ["gzip, br", brotliCompressSync(gzipSync(body))],
  ])("sent as %j is what was meant", async (coding, sent) => {
    expect(await decodeContent(sent, coding, limit)).toEqual(body);
  });

  it.each([
    ["gzip", body],
    ["br", gzipSync(body)],
    ["gzip", gzipSync(body).subarray(0, 20)],
    ["compress", body],
    ["constructor", body],
    ["gzip, gzip, gzip, gzip", body],
  ])("that does not hold what %j says is refused", async (coding, sent) => {
    await expect(decodeContent(sent, coding, limit)).rejects.toThrow(UndecodableContent);
  });

  it.each([
    ["gzip", gzipSync(Buffer.alloc(50_000_000))],
    ["br", brotliCompressSync(Buffer.alloc(5_000_000))],
    ["deflate", deflateSync(Buffer.alloc(5_000_000))],
  ])("that unpacks to more than the limit is refused: %s", async (coding, sent) => {
    expect(sent.length).toBeLessThan(limit);
    await expect(decodeContent(sent, coding, limit)).rejects.toThrow(UndecodableContent);
  });

  it("of any bytes with any coding is read or refused", async () => {
    const coding = fc.oneof(fc.constantFrom("gzip", "br", "deflate", "zstd", "gzip,br"), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), coding, async (bytes, name) => {
        await decodeContent(Buffer.from(bytes), name, limit).catch((error: unknown) => {
          if (!(error instanceof UndecodableContent)) throw error;
        });
      }),
    );
  });
});
