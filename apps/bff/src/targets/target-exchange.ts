import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";

const maxHeaderBytes = 32_768;

export interface TargetExchange {
  readonly url: URL;
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly form: string | undefined;
  /** Only the beginning of a larger body is read. */
  readonly maxBytes: number;
}

export interface TargetReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request and its response on a connection that is closed afterwards. Throws the errors of the connection. */
export function exchangeWithTarget(
  socket: Socket,
  signal: AbortSignal,
  { url, method, headers, form, maxBytes }: TargetExchange,
): Promise<TargetReply> {
  const abort = (): void => void socket.destroy(new Error("no complete answer in time"));
  signal.addEventListener("abort", abort, { once: true });
  const reply = new Promise<TargetReply>((resolve, reject) => {
    const outgoing = httpRequest({
      method,
      path: `${url.pathname}${url.search}`,
      headers,
      setHost: false,
      // No `agent` option, not even `false`: an agent would open its own connection and bypass the address guard.
      createConnection: () => socket,
      maxHeaderSize: maxHeaderBytes,
    });
    outgoing.on("error", reject);
    outgoing.on("response", (message) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const end = (): void => {
        resolve({ status: message.statusCode ?? 0, headers: message.headers, body: Buffer.concat(chunks) });
      };
      message.on("data", (chunk: Buffer) => {
        chunks.push(chunk.subarray(0, maxBytes - size));
        size += chunk.length;
        if (size >= maxBytes) end();
      });
      message.on("end", end);
      message.on("error", reject);
    });
    outgoing.end(form);
    if (signal.aborted) abort();
  });
  return reply.finally(() => {
    signal.removeEventListener("abort", abort);
    socket.destroy();
  });
}
