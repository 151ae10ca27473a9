import { request as httpRequest } from "node:http";
import type { Socket } from "node:net";
import { type DeliveryOutcome, WscError } from "@wsc-dashboard/wsc-core";
import { openConnection } from "../targets/open-connection.ts";
import type { Lookup } from "../targets/resolve-name.ts";
import { isInternalReceiver, isReceiverUrl } from "./receiver-guard.ts";

export interface AttemptResult {
  readonly outcome: DeliveryOutcome;
  /** The HTTP status or the SMTP reply code. */
  readonly status: number | null;
}

export interface PostOptions {
  readonly internalReceivers: readonly string[];
  readonly lookup: Lookup;
  /** For everything together, in milliseconds. */
  readonly timeoutMs: number;
}

const connectTimeoutMs = 5_000;
const maxHeaderBytes = 16_384;
/** A polite end of an answer is waited for so long, and read so far; nothing of it is kept. */
const maxDrainMs = 500;
const maxDrainBytes = 65_536;

function outcomeOf(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return "accepted";
  if (status >= 300 && status < 400) return "redirected";
  return status === 410 ? "gone" : "refused";
}

/** The status of the answer to one request on a connection of its own, which is closed afterwards. */
function exchange(socket: Socket, url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    socket.once("close", () => reject(new Error("closed without an answer")));
    const outgoing = httpRequest({
      method: "POST",
      path: `${url.pathname}${url.search}`,
      headers,
      setHost: false,
      // No agent, not even `false`: an agent opens a connection of its own, past the guard.
      createConnection: () => socket,
      maxHeaderSize: maxHeaderBytes,
    });
    outgoing.on("error", reject);
    outgoing.on("response", (message) => {
      const end = (): void => resolve(message.statusCode ?? 0);
      const timer = setTimeout(end, maxDrainMs);
      let size = 0;
      message.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxDrainBytes) end();
      });
      // The status is known, whatever becomes of the rest.
      for (const event of ["end", "error", "close"]) {
        message.on(event, () => {
          clearTimeout(timer);
          end();
        });
      }
    });
    outgoing.end(body);
  });
}

/**
 * Sends a message once: to a guarded address, without following redirects, bounded in time and in what is read of the answer. Never
 * throws.
 */
export async function postMessage(
  receiver: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  { internalReceivers, lookup, timeoutMs }: PostOptions,
): Promise<AttemptResult> {
  const url = new URL(receiver);
  if (!isReceiverUrl(url, internalReceivers)) return { outcome: "forbidden", status: null };
  const ending = new AbortController();
  let socket: Socket | null = null;
  const timer = setTimeout(() => {
    ending.abort();
    socket?.destroy();
  }, timeoutMs);
  try {
    const allowPrivate = isInternalReceiver(url, internalReceivers);
    socket = await openConnection(url, { allowPrivate, lookup, connectTimeoutMs, signal: ending.signal });
    const all = {
      "content-type": "application/json; charset=utf-8",
      "user-agent": "WSC-Dashboard",
      ...headers,
      "content-length": String(Buffer.byteLength(body)),
      host: url.host,
      connection: "close",
    };
    const status = await exchange(socket, url, all, body);
    return { outcome: outcomeOf(status), status };
  } catch (error) {
    if (ending.signal.aborted) return { outcome: "timeout", status: null };
    if (!(error instanceof WscError)) return { outcome: "broken", status: null };
    return { outcome: error.code === "TARGET_ADDRESS_FORBIDDEN" ? "forbidden" : "unreachable", status: null };
  } finally {
    clearTimeout(timer);
    socket?.destroy();
  }
}
