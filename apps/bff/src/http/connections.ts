import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { createLinkedList, type Linked } from "./linked-list.ts";

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

const firstOf = (sockets: { keys(): Iterator<Socket> }): Socket | undefined => sockets.keys().next().value;

/** A connection that has had a request. */
interface Connection extends Linked<Connection> {
  readonly socket: Socket;
  /** The request in progress and its response; `null` when the connection is idle. */
  request: IncomingMessage | null;
  response: ServerResponse | null;
}

/**
 * Tracks open connections: silent before the first request, busy during a request, idle afterwards. At a limit the connection
 * that has waited longest without a request is closed, so that such connections cannot lock out others.
 *
 * A connection moves between two linked lists with each request. Maps and sets would not do: V8 leaves the entries of a table in
 * it when it makes a new one, and so keeps most requests and responses until the next full garbage collection.
 */
export function createConnections(limits: ConnectionLimits = usualConnectionLimits) {
  /** Silent sockets with their peers, and by peer, in order of arrival. */
  const silent = new Map<Socket, string>();
  const silentOf = new Map<string, Set<Socket>>();
  const known = new Map<Socket, Connection>();
  const idle = createLinkedList<Connection>();
  const busy = createLinkedList<Connection>();
  let isDraining = false;

  const count = (): number => silent.size + known.size;

  function leaveSilent(socket: Socket): void {
    const peer = silent.get(socket);
    if (peer === undefined) return;
    silent.delete(socket);
    const ofPeer = silentOf.get(peer);
    ofPeer?.delete(socket);
    if (ofPeer?.size === 0) silentOf.delete(peer);
  }

  /** Closes a connection if a limit is exceeded. Returns false when none can be closed. */
  function makeRoom(ofPeer: Set<Socket>): boolean {
    if (ofPeer.size > limits.maxSilentPerPeer) firstOf(ofPeer)?.destroy();
    else if (silent.size > limits.maxSilent) firstOf(silent)?.destroy();
    else if (count() > limits.max) {
      const longest = silent.size > 1 ? firstOf(silent) : idle.first()?.socket;
      longest?.destroy();
      return longest !== undefined;
    }
    return true;
  }

  function drainStep(elapsedMs: number): void {
    for (const { socket } of idle.all()) socket.destroy();
    if (elapsedMs > headGraceMs) for (const socket of silent.keys()) socket.destroy();
    if (elapsedMs <= transferGraceMs) return;
    for (const { socket, request, response } of busy.all()) {
      const waitsForOthers = !request?.complete || !response || response.writableEnded || response.writableNeedDrain;
      if (waitsForOthers || elapsedMs > drainLimitMs) socket.destroy();
    }
  }

  /** The connection of a socket, which is no longer silent. */
  function spoken(socket: Socket): Connection {
    const before = known.get(socket);
    if (before !== undefined) return before;
    leaveSilent(socket);
    const connection: Connection = { socket, request: null, response: null, previous: null, next: null };
    known.set(socket, connection);
    idle.add(connection);
    return connection;
  }

  function forget(socket: Socket): void {
    const connection = known.get(socket);
    if (connection === undefined) return;
    known.delete(socket);
    (connection.response === null ? idle : busy).remove(connection);
  }

  return {
    add(socket: Socket): void {
      const peer = socket.remoteAddress ?? "";
      const ofPeer = silentOf.get(peer) ?? new Set();
      silentOf.set(peer, ofPeer.add(socket));
      silent.set(socket, peer);
      socket.once("close", () => {
        leaveSilent(socket);
        forget(socket);
      });
      if (!makeRoom(ofPeer)) socket.destroy();
    },

    /** Registers a request. Its connection is busy until the response has ended. */
    begin(request: IncomingMessage, response: ServerResponse): void {
      const connection = spoken(request.socket);
      if (connection.response === null) {
        idle.remove(connection);
        busy.add(connection);
      }
      connection.request = request;
      connection.response = response;
      if (isDraining) response.setHeader("Connection", "close");
      response.once("close", () => {
        if (connection.response !== response) return;
        connection.request = null;
        connection.response = null;
        if (!known.has(connection.socket)) return;
        busy.remove(connection);
        idle.add(connection);
        if (connection.socket.closed) forget(connection.socket);
      });
    },

    isBusy: (socket: Socket): boolean => (known.get(socket)?.response ?? null) !== null,

    /** From now on each connection closes after its response. Resolves when none is open. */
    async drain(): Promise<void> {
      isDraining = true;
      const begunAt = performance.now();
      for (const { response } of busy.all()) {
        if (response !== null && !response.headersSent) response.setHeader("Connection", "close");
      }
      while (count() > 0) {
        drainStep(performance.now() - begunAt);
        await new Promise((resolve) => setTimeout(resolve, drainStepMs));
      }
    },
  };
}
