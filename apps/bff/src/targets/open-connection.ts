import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { WscError } from "@wsc-dashboard/wsc-core";
import { addressOfHost, mayConnect } from "./address-guard.ts";
import type { Lookup } from "./resolve-name.ts";

export interface ConnectionOptions {
  readonly allowPrivate: boolean;
  readonly lookup: Lookup;
  readonly connectTimeoutMs: number;
  /** Aborts the DNS lookup, the TCP connect and the TLS handshake. */
  readonly signal: AbortSignal;
}

const maxAddresses = 4;

export const portOf = ({ protocol, port }: URL): number => Number(port || (protocol === "https:" ? 443 : 80));

const forbidden = (url: URL): WscError =>
  new WscError("TARGET_ADDRESS_FORBIDDEN", `${url.host} leads to an address or port that must not be reached`);
/** Never contains more of the URL than its host: the rest may contain what a person entered. */
export const unreachable = (url: URL, reason: string): WscError => new WscError("160353", `${url.host}: ${reason}`);

const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "no connection";

/** Throws TARGET_ADDRESS_FORBIDDEN for a URL whose host is a forbidden address. Makes no DNS lookup. */
export function refuseForbiddenLiteral(url: URL, allowPrivate: boolean): void {
  const literal = addressOfHost(url.hostname);
  if (literal !== null && !mayConnect(literal, portOf(url), allowPrivate)) throw forbidden(url);
}

interface Limits {
  readonly connectTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** Waits for the event that the socket is connected; destroys it on timeout or abort. */
function established<S extends Socket>(socket: S, event: string, { connectTimeoutMs, signal }: Limits): Promise<S> {
  return new Promise((resolve, reject) => {
    const abort = (): void => void socket.destroy(new Error("no connection in time"));
    const timer = setTimeout(abort, connectTimeoutMs);
    const settle = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", abort);
    };
    socket.once("error", (error) => {
      settle();
      reject(error);
    });
    socket.once(event, () => {
      settle();
      socket.removeAllListeners("error");
      resolve(socket);
    });
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
  });
}

const connectTo = (address: string, port: number, limits: Limits): Promise<Socket> =>
  established(connectTcp({ host: address, port }), "connect", limits);

function secure(socket: Socket, url: URL, limits: Limits): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const secured = connectTls({ socket, host, ...(isIP(host) === 0 ? { servername: host } : {}) });
  return established(secured, "secureConnect", limits).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
}

/**
 * Connects to the host of a URL. The name is resolved once and the connection goes to one of the checked addresses, which
 * prevents DNS rebinding; the remote address is checked again once connected. One forbidden address refuses the whole name.
 * Throws TARGET_ADDRESS_FORBIDDEN or 160353.
 */
export async function openConnection(
  url: URL,
  { allowPrivate, lookup, connectTimeoutMs, signal }: ConnectionOptions,
): Promise<Socket> {
  const port = portOf(url);
  const literal = addressOfHost(url.hostname);
  const addresses =
    literal === null
      ? await lookup(url.hostname, signal).catch((error: unknown) => {
          throw unreachable(url, reasonOf(error));
        })
      : [literal];
  if (addresses.length === 0) throw unreachable(url, "the name has no address");
  if (addresses.some((address) => !mayConnect(address, port, allowPrivate))) throw forbidden(url);
  const limits = { connectTimeoutMs, signal };
  let reason = "no connection";
  for (const address of addresses.slice(0, maxAddresses)) {
    if (signal.aborted) break;
    try {
      const socket = await connectTo(address, port, limits);
      if (!mayConnect(socket.remoteAddress ?? "", port, allowPrivate)) {
        socket.destroy();
        throw forbidden(url);
      }
      return url.protocol === "https:" ? await secure(socket, url, limits) : socket;
    } catch (error) {
      if (error instanceof WscError) throw error;
      reason = reasonOf(error);
    }
  }
  throw unreachable(url, reason);
}
