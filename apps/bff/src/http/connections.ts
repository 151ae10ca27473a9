import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface ConnectionLimits {
  readonly max: number;
  /** Connections of one peer, and of all, that have not asked anything yet. */
  readonly maxSilentPerPeer: number;
  readonly maxSilent: number;
}

export const usualConnectionLimits: ConnectionLimits = { max: 6_000, maxSilentPerPeer: 100, maxSilent: 500 };

/** After the end has begun, in milliseconds: for heads on their way, for bodies and readers that are slow, for everything. */
const headGraceMs = 500;
const transferGraceMs = 3_000;
const drainLimitMs = 20_000;
const drainStepMs = 50;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Sockets in the order in which they came here. */
class Line extends Set<Socket> {
  first(): Socket | undefined {
    return this.values().next().value;
  }
}

/**
 * Every open connection: silent until it has asked something, busy while it is answered, idle afterwards. Near a limit, the connection that waits
 * longest without having asked makes way, so that connections that ask nothing cannot keep others out.
 */
export function createConnections(limits: ConnectionLimits = usualConnectionLimits) {
  const silent = new Line();
  const silentOf = new Map<string, Line>();
  const idle = new Line();
  const busy = new Map<Socket, Exchange>();
  let isDraining = false;

  const count = (): number => silent.size + idle.size + busy.size;

  function leaveSilent(socket: Socket, peer: string): void {
    silent.delete(socket);
    const line = silentOf.get(peer);
    line?.delete(socket);
    if (line?.size === 0) silentOf.delete(peer);
  }

  /** Whether there is room for one more. */
  function makeRoom(ofPeer: Line | undefined): boolean {
    if (ofPeer !== undefined && ofPeer.size > limits.maxSilentPerPeer) ofPeer.first()?.destroy();
    else if (silent.size > limits.maxSilent) silent.first()?.destroy();
    else if (count() > limits.max) {
      const longest = silent.size > 1 ? silent.first() : idle.first();
      longest?.destroy();
      return longest !== undefined;
    }
    return true;
  }

  function drainStep(elapsedMs: number): void {
    for (const socket of idle) socket.destroy();
    if (elapsedMs > headGraceMs) for (const socket of silent) socket.destroy();
    if (elapsedMs <= transferGraceMs) return;
    for (const [socket, { request, response }] of busy) {
      const waitsForOthers = !request.complete || response.writableEnded || response.writableNeedDrain;
      if (waitsForOthers || elapsedMs > drainLimitMs) socket.destroy();
    }
  }

  return {
    add(socket: Socket): void {
      const peer = socket.remoteAddress ?? "";
      const line = silentOf.get(peer) ?? new Line();
      silentOf.set(peer, line.add(socket));
      silent.add(socket);
      socket.once("close", () => {
        leaveSilent(socket, peer);
        idle.delete(socket);
        busy.delete(socket);
      });
      if (!makeRoom(line)) socket.destroy();
    },

    /** A request was read. Its connection is busy until the answer has ended. */
    begin(request: IncomingMessage, response: ServerResponse): void {
      const { socket } = request;
      leaveSilent(socket, socket.remoteAddress ?? "");
      idle.delete(socket);
      busy.set(socket, { request, response });
      if (isDraining) response.setHeader("Connection", "close");
      response.once("close", () => {
        if (busy.get(socket)?.response !== response) return;
        busy.delete(socket);
        if (!socket.destroyed) idle.add(socket);
      });
    },

    isBusy: (socket: Socket): boolean => busy.has(socket),

    /** No connection outlives its answer from now on. Resolves when none is open. */
    async drain(): Promise<void> {
      isDraining = true;
      const begunAt = performance.now();
      for (const { response } of busy.values()) if (!response.headersSent) response.setHeader("Connection", "close");
      while (count() > 0) {
        drainStep(performance.now() - begunAt);
        await new Promise((resolve) => setTimeout(resolve, drainStepMs));
      }
    },
  };
}
