import type { EventStream } from "@wsc-dashboard/wsc-core";
import type { Request, Response } from "express";

/** Maximum of unread bytes; a slower client is disconnected and asks again. */
const maxWaiting = 65_536;

/** Sends server-sent events until the stream ends or the client disconnects. What the stream throws is thrown before anything was sent. */
export async function sendEvents(request: Request, response: Response, stream: EventStream): Promise<void> {
  const begin = (): void => {
    if (response.headersSent) return;
    response.setHeader("Content-Type", "text/event-stream");
    // nginx would collect the events of a while.
    response.setHeader("X-Accel-Buffering", "no");
  };
  // A HEAD request would never get an event.
  if (request.method === "HEAD") {
    begin();
    response.end();
    return;
  }
  let leave = (): void => {};
  let hasLeft = false;
  response.once("close", () => {
    hasLeft = true;
    leave();
  });
  leave = await stream({
    send(bytes) {
      begin();
      response.write(bytes);
      if (response.writableLength > maxWaiting) response.end();
    },
    end() {
      begin();
      response.end();
    },
  });
  if (hasLeft) leave();
}
