import type { Endpoint } from "@wsc-dashboard/wsc-core";
import type { Request, Response } from "express";

/** Bytes nobody has read yet; whoever is that slow asks again later. */
const maxWaiting = 65_536;

/** Sends values as server-sent events (WHATWG HTML 9.2), each read by the schema, until they end or nobody listens. */
export async function sendEvents(
  request: Request,
  response: Response,
  schema: Endpoint["response"],
  values: AsyncIterable<unknown>,
): Promise<void> {
  response.setHeader("Content-Type", "text/event-stream");
  // nginx would collect the events of a while.
  response.setHeader("X-Accel-Buffering", "no");
  // Nothing would ever be told to whoever asks for the head alone.
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  for await (const value of values) {
    response.write(`data: ${JSON.stringify(schema.parse(value))}\n\n`);
    if (response.destroyed || response.writableLength > maxWaiting) break;
  }
  response.end();
}
