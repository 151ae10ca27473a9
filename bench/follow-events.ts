import { connect, type Socket } from "node:net";
import { type Person, proxyHeaders } from "./dashboard-process.ts";

/** Follows `GET /api/events` on a raw socket; resolves at the first event and calls `onEvent` for later ones. */
export function followEvents(port: number, person: Person, onEvent: () => void): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const lines = Object.entries(proxyHeaders(person)).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join("")}\r\n`);
  let isTold = false;
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("data", (bytes) => {
      for (let at = bytes.indexOf("data: "); at >= 0; at = bytes.indexOf("data: ", at + 1)) {
        if (isTold) onEvent();
        isTold = true;
        resolve(socket);
      }
      if (!isTold) reject(new Error(bytes.toString("latin1").slice(0, 400)));
    });
  });
}
