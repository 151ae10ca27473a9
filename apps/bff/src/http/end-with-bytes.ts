import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";

/** A longer body is written in slices of this many bytes, since the operating system copies what is written while everything else waits. */
const sliceBytes = 256 * 1024;
const maxUnslicedBytes = 2 * 1024 * 1024;

/** Resolves when the response can take more, or has been closed. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      response.off("drain", end);
      response.off("close", end);
      resolve();
    };
    response.once("drain", end);
    response.once("close", end);
  });
}

/** Ends a response with a body. A long one is written as fast as the client reads it, and other requests have their turn in between. */
export async function endWithBytes(response: ServerResponse, bytes: Uint8Array): Promise<void> {
  response.setHeader("Content-Length", bytes.length);
  if (bytes.length <= maxUnslicedBytes || response.req.method === "HEAD") {
    response.end(bytes);
    return;
  }
  let at = 0;
  for (; at + sliceBytes < bytes.length; at += sliceBytes) {
    if (!response.write(bytes.subarray(at, at + sliceBytes)) && response.writableNeedDrain) await drained(response);
    await nextTurn();
    if (response.destroyed) return;
  }
  response.end(bytes.subarray(at));
}
