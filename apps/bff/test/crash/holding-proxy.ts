import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** One createJob call as it came from the dashboard, whatever its outcome. */
export interface SeenCreate {
  /** When its last byte arrived, in milliseconds by the machine's clock. */
  readonly arrivedAt: number;
  /** The timestamp of its signature. */
  readonly signedAt: number;
  readonly memo: string;
}

export interface HoldingProxy {
  readonly origin: string;
  readonly seen: readonly SeenCreate[];
  /** Resolves at the next createJob call, or after `limitMs`. */
  nextCreate(limitMs: number): Promise<void>;
  /** Resolves when the next response to a createJob call was forwarded, or after `limitMs`. */
  nextAnswer(limitMs: number): Promise<void>;
  /** Resolves when no call is held any more; the gateway may still be processing the last. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

const headEnd = "\r\n\r\n";

/** A complete request with Content-Length; `null` while bytes are missing. */
function wholeRequest(bytes: Buffer): { head: string; body: string } | null {
  const end = bytes.indexOf(headEnd);
  if (end === -1) return null;
  const head = bytes.subarray(0, end).toString("latin1");
  const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const body = bytes.subarray(end + headEnd.length);
  return body.length < length ? null : { head, body: body.toString("utf8") };
}

/**
 * Simulates the network in front of the gateway. Reads pass through; a createJob call is held for `holdMs` milliseconds and
 * reaches the gateway even when its sender has given up or is dead, as a socket buffer or another proxy can cause. `holdMs` is
 * called when the last byte has arrived and none has been forwarded.
 */
export async function startHoldingProxy(
  gatewayPort: number,
  holdMs: (create: SeenCreate) => number = () => 0,
): Promise<HoldingProxy> {
  const seen: SeenCreate[] = [];
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const createWaiters = new Set<() => void>();
  const answerWaiters = new Set<() => void>();
  let held = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };
  const tell = (waiters: Set<() => void>): void => {
    for (const waiter of [...waiters]) waiter();
  };
  const next = (waiters: Set<() => void>, limitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        waiters.delete(done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      waiters.add(done);
    });

  function deliver(client: Socket, bytes: Buffer): void {
    held -= 1;
    const gateway = keep(connect(gatewayPort, "127.0.0.1"));
    gateway.on("data", (chunk) => {
      if (!client.destroyed) client.write(chunk);
      tell(answerWaiters);
    });
    gateway.on("end", () => client.end());
    gateway.on("close", (failed) => {
      if (failed) client.resetAndDestroy();
    });
    gateway.write(bytes);
  }

  const server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client);
    let waiting = Buffer.alloc(0);
    const onData = (chunk: Buffer): void => {
      waiting = Buffer.concat([waiting, chunk]);
      if (waiting.length < 4) return;
      if (waiting.toString("latin1", 0, 4) !== "PUT ") {
        client.off("data", onData);
        const gateway = keep(connect(gatewayPort, "127.0.0.1"));
        gateway.write(waiting);
        client.pipe(gateway);
        gateway.pipe(client);
        client.on("close", () => gateway.destroy());
        gateway.on("close", () => client.destroy());
        return;
      }
      const request = wholeRequest(waiting);
      if (request === null) return;
      client.off("data", onData);
      const bytes = waiting;
      const create: SeenCreate = {
        arrivedAt: performance.timeOrigin + performance.now(),
        signedAt: Number(/^x-ncp-apigw-timestamp: *(\d+)/im.exec(request.head)?.[1] ?? Number.NaN),
        memo: String((JSON.parse(request.body) as { Memo?: unknown }).Memo ?? ""),
      };
      seen.push(create);
      held += 1;
      const wait = holdMs(create);
      if (wait === 0) deliver(client, bytes);
      else timers.add(setTimeout(() => deliver(client, bytes), wait));
      tell(createWaiters);
    };
    client.on("data", onData);
    client.on("end", () => client.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    nextCreate: (limitMs) => next(createWaiters, limitMs),
    nextAnswer: (limitMs) => next(answerWaiters, limitMs),
    async drained() {
      while (held > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async close() {
      const ended = new Promise((resolve) => server.close(resolve));
      for (const timer of timers) clearTimeout(timer);
      for (const socket of sockets) socket.destroy();
      await ended;
    },
  };
}
