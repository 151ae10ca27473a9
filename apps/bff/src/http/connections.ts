import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";

export interface ConnectionLimits {
  readonly max: number;
  /** Maximum number of connections without a request so far, per peer and in total. */
  readonly maxSilentPerPeer: number;
  readonly maxSilent: number;
}

export const usualConnectionLimits: ConnectionLimits = { max: 6_000, maxSilentPerPeer: 100, maxSilent: 500 };

/** Grace periods after the shutdown begins, in milliseconds: for headers in transit, slow bodies and readers, everything. */
const headGraceMs = 500;
const transferGraceMs = 3_000;
const drainLimitMs = 20_000;
const drainStepMs = 50;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Sockets in order of arrival. */
class Line extends Set<Socket> {
  first(): Socket | undefined {
    return this.values().next().value;
  }
}

/**
 * Tracks open connections: silent before the first request, busy during a request, idle afterwards. At a limit the connection
 * that has waited longest without a request is closed, so that such connections cannot lock out others.
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

  /** Closes a connection if a limit is exceeded. Returns false when none can be closed. */
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

    /** Registers a request. Its connection is busy until the response has ended. */
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

    /** From now on each connection closes after its response. Resolves when none is open. */
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
