import type { EventStream } from "@wsc-dashboard/wsc-core";
import type { Request, Response } from "express";

/** Maximum number of unread bytes; a slower client is disconnected and reconnects. */
const maxWaiting = 65_536;

const frames = new WeakMap<Uint8Array, Buffer>();

/** An event as a chunk of a chunked body (RFC 9112, section 7.1); the same bytes for all clients that it is sent to. */
function chunkOf(event: Uint8Array): Buffer {
  const known = frames.get(event);
  if (known !== undefined) return known;
  const chunk = Buffer.concat([Buffer.from(`${event.length.toString(16)}\r\n`), event, Buffer.from("\r\n")]);
  frames.set(event, chunk);
  return chunk;
}

/** Writes an event. Once the head is sent, it goes to the socket as a ready chunk: thousands of clients get the same one. */
function writeEvent(response: Response, event: Uint8Array): void {
  const { socket } = response;
  if (response.headersSent && response.chunkedEncoding && socket !== null) {
    // Ended, the body has had its last chunk.
    if (!response.writableEnded) socket.write(chunkOf(event));
  } else response.write(event);
}

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
      writeEvent(response, bytes);
      if ((response.socket ?? response).writableLength > maxWaiting) response.end();
    },
    end() {
      begin();
      response.end();
    },
  });
  if (hasLeft) leave();
}
