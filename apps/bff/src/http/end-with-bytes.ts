import type { ServerResponse } from "node:http";

/** A longer body is written in slices of this many bytes, since the operating system copies what is written while everything else waits. */
const sliceBytes = 256 * 1024;
const maxUnslicedBytes = 2 * 1024 * 1024;

const slicesPerTurn = 4;
const waiting: (() => void)[] = [];

function giveTurns(): void {
  for (const resume of waiting.splice(0, slicesPerTurn)) resume();
  if (waiting.length > 0) setImmediate(giveTurns);
}

/** Resolves when a slice may be written: a few in each turn of the event loop, for all responses together. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(giveTurns);
  });
}

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
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    await turn();
    if (response.destroyed) return;
    if (!response.write(bytes.subarray(at, at + sliceBytes)) && response.writableNeedDrain) await drained(response);
  }
  response.end();
}
