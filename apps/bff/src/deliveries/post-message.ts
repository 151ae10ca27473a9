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
  /** For the whole attempt, in milliseconds. */
  readonly timeoutMs: number;
}

const connectTimeoutMs = 5_000;
const maxHeaderBytes = 16_384;
/** Limits for draining the response body, in milliseconds and bytes; the body is discarded. */
const maxDrainMs = 500;
const maxDrainBytes = 65_536;

function outcomeOf(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return "accepted";
  if (status >= 300 && status < 400) return "redirected";
  return status === 410 ? "gone" : "refused";
}

/** Sends one request on a dedicated connection. Returns the status of the response. */
function exchange(socket: Socket, url: URL, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  return new Promise<number>((resolve, reject) => {
    socket.once("close", () => reject(new Error("closed without an answer")));
    const outgoing = httpRequest({
      method: "POST",
      path: `${url.pathname}${url.search}`,
      headers,
      setHost: false,
      // No agent, not even `false`: an agent would open its own connection, bypassing the guard.
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
      // The status is already known.
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

/** Makes one attempt: to a guarded address, without redirects, with limits on time and response size. Never throws. */
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
