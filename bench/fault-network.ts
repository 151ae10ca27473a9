import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/**
 * State of the network to a server. silent: accepts connections and sends nothing. drip: a byte now and then. one wrong date: the
 * response on every fifth connection has a `Date` three hours ahead. wrong dates: each connection has another wrong one.
 */
export type NetworkState = "well" | "silent" | "drip" | "refused" | "one wrong date" | "wrong dates";

export interface FaultNetwork {
  readonly origin: string;
  become(state: NetworkState): Promise<void>;
  close(): Promise<void>;
}

const dripMs = 250;
const hourMs = 3_600_000;

/** The head of a response with its `Date` moved; the length stays the same. */
function withDateMoved(bytes: Buffer, ms: number): Buffer {
  const text = bytes.toString("latin1");
  return Buffer.from(
    text.replace(/^date: (.{29})\r$/im, (line, date: string) =>
      line.replace(date, new Date(Date.parse(date) + ms).toUTCString()),
    ),
    "latin1",
  );
}

/** A proxy between the dashboard and a server. Nothing of a state survives the change to the next. */
export async function startFaultNetwork(gatewayPort: number): Promise<FaultNetwork> {
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  let state: NetworkState = "well";
  let server: Server | null = null;
  let port = 0;
  let connections = 0;

  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };

  function onConnection(client: Socket): void {
    keep(client);
    if (state === "silent") return;
    if (state === "drip") {
      client.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{");
      const timer = setInterval(() => client.destroyed || client.write(" "), dripMs);
      timers.add(timer);
      client.on("close", () => clearInterval(timer));
      return;
    }
    connections += 1;
    const gateway = keep(connect(gatewayPort, "127.0.0.1"));
    client.pipe(gateway);
    const isWrong = state === "wrong dates" || (state === "one wrong date" && connections % 5 === 0);
    const movedMs = state === "wrong dates" ? ((connections % 9) - 4.5) * hourMs : 3 * hourMs;
    if (isWrong) gateway.on("data", (bytes: Buffer) => client.destroyed || client.write(withDateMoved(bytes, movedMs)));
    else gateway.pipe(client);
    client.on("close", () => gateway.destroy());
    gateway.on("close", () => client.destroy());
  }

  async function listen(): Promise<void> {
    server = createServer(onConnection);
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  }

  function cut(): void {
    for (const timer of timers) clearInterval(timer);
    timers.clear();
    for (const socket of sockets) socket.destroy();
  }

  async function refuse(): Promise<void> {
    const closing = server;
    server = null;
    if (closing === null) return;
    const closed = once(closing, "close");
    closing.close();
    cut();
    await closed;
  }

  await listen();
  return {
    origin: `http://127.0.0.1:${port}`,
    async become(next) {
      state = next;
      if (next === "refused") return refuse();
      cut();
      if (server === null) await listen();
    },
    close: refuse,
  };
}
