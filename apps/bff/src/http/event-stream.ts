import type { EventStream } from "@wsc-dashboard/wsc-core";
import type { Request, Response } from "express";

/** Maximum number of unread bytes; a slower client is disconnected and reconnects. */
const maxWaiting = 65_536;

/** Sends server-sent events until the stream ends or the client disconnects. Stream errors are thrown before anything is sent. */
export async function sendEvents(request: Request, response: Response, stream: EventStream): Promise<void> {
  const begin = (): void => {
    if (response.headersSent) return;
    response.setHeader("Content-Type", "text/event-stream");
    // Disables buffering in nginx, which would delay events.
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
