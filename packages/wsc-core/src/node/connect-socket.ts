import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/**
 * Opens a dedicated connection, for https with the certificate verified, before any byte of the request is sent. Rejects with the
 * network error, or after `timeoutMs`.
 */
export function connectSocket(origin: URL, timeoutMs: number): Promise<Socket> {
  const secure = origin.protocol === "https:";
  // A bracketed IPv6 literal is only a URL's spelling.
  const host = origin.hostname.replace(/^\[|\]$/g, "");
  const port = Number(origin.port || (secure ? 443 : 80));
  return new Promise((resolve, reject) => {
    const isName = !/^[\d.]+$|:/.test(host);
    const socket = secure
      ? connectTls({ host, port, ...(isName ? { servername: host } : {}) })
      : connectTcp({ host, port });
    const timer = setTimeout(() => fail(new Error(`no connection within ${timeoutMs} ms`)), timeoutMs);
    function fail(error: Error): void {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    }
    socket.once("error", fail);
    socket.once(secure ? "secureConnect" : "connect", () => {
      clearTimeout(timer);
      socket.off("error", fail);
      resolve(socket);
    });
  });
}
