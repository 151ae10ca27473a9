import { lookup as lookupName } from "node:dns/promises";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { WscError } from "@wsc-dashboard/wsc-core";
import { addressOfHost, mayConnect } from "./address-guard.ts";

/** All addresses of a name. */
export type Lookup = (hostname: string) => Promise<readonly string[]>;

const systemLookup: Lookup = async (hostname) =>
  (await lookupName(hostname, { all: true, verbatim: true })).map(({ address }) => address);

export interface ConnectionOptions {
  readonly allowPrivate: boolean;
  readonly lookup?: Lookup;
  readonly connectTimeoutMs: number;
}

const maxAddresses = 4;

export const portOf = ({ protocol, port }: URL): number => Number(port || (protocol === "https:" ? 443 : 80));

const forbidden = (url: URL): WscError =>
  new WscError("TARGET_ADDRESS_FORBIDDEN", `${url.host} leads to an address or port that must not be reached`);
/** Never says more of the URL than its host: the rest may hold what a person typed. */
export const unreachable = (url: URL, reason: string): WscError => new WscError("160353", `${url.host}: ${reason}`);

const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "no connection";

/** Throws TARGET_ADDRESS_FORBIDDEN for a URL whose host is an address that must not be reached. Asks no name server. */
export function refuseForbiddenLiteral(url: URL, allowPrivate: boolean): void {
  const literal = addressOfHost(url.hostname);
  if (literal !== null && !mayConnect(literal, portOf(url), allowPrivate)) throw forbidden(url);
}

function connectTo(address: string, port: number, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host: address, port });
    const timer = setTimeout(() => socket.destroy(new Error("no connection in time")), timeoutMs);
    const settle = (): void => clearTimeout(timer);
    socket.once("error", (error) => {
      settle();
      reject(error);
    });
    socket.once("connect", () => {
      settle();
      socket.removeAllListeners("error");
      resolve(socket);
    });
  });
}

function secure(socket: Socket, url: URL, timeoutMs: number): Promise<Socket> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return new Promise((resolve, reject) => {
    const secured = connectTls({ socket, host, ...(isIP(host) === 0 ? { servername: host } : {}) });
    const timer = setTimeout(() => secured.destroy(new Error("no TLS in time")), timeoutMs);
    secured.once("error", (error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    });
    secured.once("secureConnect", () => {
      clearTimeout(timer);
      secured.removeAllListeners("error");
      resolve(secured);
    });
  });
}

/**
 * A connection to the host of a URL. A name is resolved once; the connection goes to one of the very addresses that were looked
 * at, so that a name server cannot answer otherwise a moment later, and is looked at again once it stands. One forbidden
 * address among them refuses the name. Throws TARGET_ADDRESS_FORBIDDEN or 160353.
 */
export async function openConnection(
  url: URL,
  { allowPrivate, lookup = systemLookup, connectTimeoutMs }: ConnectionOptions,
): Promise<Socket> {
  const port = portOf(url);
  const literal = addressOfHost(url.hostname);
  const addresses =
    literal === null
      ? await lookup(url.hostname).catch((error: unknown) => {
          throw unreachable(url, reasonOf(error));
        })
      : [literal];
  if (addresses.length === 0) throw unreachable(url, "the name has no address");
  if (addresses.some((address) => !mayConnect(address, port, allowPrivate))) throw forbidden(url);
  let reason = "no connection";
  for (const address of addresses.slice(0, maxAddresses)) {
    try {
      const socket = await connectTo(address, port, connectTimeoutMs);
      if (!mayConnect(socket.remoteAddress ?? "", port, allowPrivate)) {
        socket.destroy();
        throw forbidden(url);
      }
      return url.protocol === "https:" ? await secure(socket, url, connectTimeoutMs) : socket;
    } catch (error) {
      if (error instanceof WscError) throw error;
      reason = reasonOf(error);
    }
  }
  throw unreachable(url, reason);
}
