import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { Socket } from "node:net";
import { upstreamOperations, type WireRequest } from "../upstream/operations.ts";
import { connectSocket } from "./connect-socket.ts";
import { decodeContent, UndecodableContent } from "./content-coding.ts";
import type { ClockReading, GatewayClock } from "./gateway-clock.ts";
import { sharedBytes } from "./shared-bytes.ts";
import type { Signer } from "./signature.ts";

export interface TransportOptions {
  /** Scheme, host and port of the upstream; the path comes from the request. */
  readonly origin: string;
  /** Called once for each request, right before it is sent. */
  readonly sign: Signer;
  readonly clock: GatewayClock;
  /** Timeout of one whole exchange, in milliseconds. */
  readonly timeoutMs: number;
  /** Timeout for connecting, in milliseconds. */
  readonly connectTimeoutMs?: number;
  /** Size limit of a report, in bytes; of any other response a tenth of it. */
  readonly maxAnswerBytes?: number;
  readonly localNow?: () => number;
}

export interface WireAnswer {
  readonly httpStatus: number;
  /** UTF-8, after decoding of its content codings. */
  readonly body: Buffer;
  readonly retryAfter: string | undefined;
  /** The upstream's request id, for the vendor's support. */
  readonly traceId: string | undefined;
  /** The `Date` header as received. */
  readonly date: string | undefined;
  readonly contentType: string | undefined;
  /** What the response says about the gateway's time, provided it is the gateway's own response. */
  readonly clockReading: Omit<ClockReading, "acceptedSignatureAt" | "isAboutSignature">;
  /** Time of the request's signature, in milliseconds by the gateway's clock. */
  readonly signedAt: number;
}

/** The exchange failed below HTTP. `sent`: whether the upstream may have received the request. */
export class TransportFailure extends Error {
  override readonly name = "TransportFailure";
  readonly kind: "unreachable" | "timeout" | "interrupted" | "unreadable";
  readonly sent: "no" | "maybe";

  constructor(kind: TransportFailure["kind"], sent: "no" | "maybe", message: string) {
    super(message);
    this.kind = kind;
    this.sent = sent;
  }
}

export interface SendOptions {
  readonly timeoutMs?: number;
  /** Gateway time of the signature, when it was decided before; otherwise now. */
  readonly signedAt?: number;
  /** Gateway time after which the request is not sent. */
  readonly notAfter?: number;
}

export interface SignedTransport {
  /** Sends once, never repeats, never follows a redirect. Throws TransportFailure. */
  send(request: WireRequest, options?: SendOptions): Promise<WireAnswer>;
  /** Closes the connections that are kept alive and idle: behind a load balancer they lead to the same sick machine again. */
  closeIdle(): void;
  close(): void;
}

/** Only the error's code: messages of the network stack may quote what was sent. */
function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "connection failed";
}

/** In bytes: a longer body is read by another thread. */
const smallBytes = 128 * 1024;

/** Reads the body as received, before decoding. */
function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) {
        reject(new TransportFailure("unreadable", "maybe", `answer larger than ${maxBytes} bytes`));
        message.destroy();
      } else chunks.push(chunk);
    });
    message.on("end", () => resolve(size > smallBytes ? sharedBytes(...chunks) : Buffer.concat(chunks)));
    message.on("error", (error) => reject(new TransportFailure("interrupted", "maybe", reasonOf(error))));
    message.on("close", () => {
      if (!message.complete) reject(new TransportFailure("interrupted", "maybe", "connection closed early"));
    });
  });
}

/** Reads and decodes the body. `maxBytes` limits both the received and the decoded size. */
async function readAnswer(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const body = await readBody(message, maxBytes);
  try {
    return await decodeContent(body, message.headers["content-encoding"], maxBytes);
  } catch (error) {
    if (!(error instanceof UndecodableContent)) throw error;
    throw new TransportFailure("unreadable", "maybe", error.message);
  }
}

/**
 * The only transport to the upstream. Reads share a few keep-alive connections, limited by the client's slots. Calls that change
 * something each get a dedicated connection that is not reused, so that no layer below can send them again.
 */
export function createSignedTransport({
  origin,
  sign,
  clock,
  timeoutMs,
  connectTimeoutMs = 3_000,
  maxAnswerBytes = 20_000_000,
  localNow = Date.now,
}: TransportOptions): SignedTransport {
  const url = new URL(origin);
  const { protocol, hostname, port } = url;
  const secure = protocol === "https:";
  const start = secure ? httpsRequest : httpRequest;
  const agentOptions = { keepAlive: true, maxSockets: 12, maxFreeSockets: 4, timeout: 30_000 };
  const readAgent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);

  const host = url.host;

  /** Sends the request and reads the response, on `socket` if given. `connected`: whether a byte may have been sent. */
  function exchange(wire: WireRequest, signedAt: number, socket: Socket | null, limitMs: number): Promise<WireAnswer> {
    let connected = socket !== null;
    return new Promise((resolve, reject) => {
      const body = wire.body === null ? undefined : Buffer.from(wire.body, "utf8");
      const fail = (kind: "timeout" | "interrupted", reason: string): void => {
        clearTimeout(timer);
        reject(
          connected ? new TransportFailure(kind, "maybe", reason) : new TransportFailure("unreachable", "no", reason),
        );
        outgoing.destroy();
      };
      const timer = setTimeout(() => fail("timeout", `no complete answer within ${limitMs} ms`), limitMs);
      const sentAt = localNow();
      const outgoing = (socket === null ? start : httpRequest)({
        hostname: hostname.replace(/^\[|\]$/g, ""),
        ...(port === "" ? {} : { port }),
        method: wire.method,
        path: wire.pathAndQuery,
        // With any `agent`, even `false`, Node would open its own connection: in plain text and without certificate verification.
        ...(socket === null ? { agent: readAgent } : { createConnection: () => socket }),
        headers: {
          Host: host,
          ...sign(wire.method, wire.pathAndQuery, signedAt),
          Accept: "application/json",
          "Accept-Encoding": "identity",
          ...(socket === null ? {} : { Connection: "close" }),
          ...(body ? { "Content-Length": String(body.length) } : socket === null ? {} : { "Content-Length": "0" }),
        },
      });
      outgoing.on("socket", (used) => {
        if (!used.connecting) connected = true;
        else used.once(secure ? "secureConnect" : "connect", () => (connected = true));
      });
      outgoing.on("error", (error) => fail("interrupted", reasonOf(error)));
      outgoing.on("response", (message) => {
        const { date, age } = message.headers;
        const clockReading = { date, sentAt, receivedAt: localNow(), isCached: age !== undefined };
        readAnswer(message, wire.operation === "getReport" ? maxAnswerBytes : maxAnswerBytes / 10)
          .then((body) => {
            const header = (name: string): string | undefined => {
              const value = message.headers[name];
              return typeof value === "string" ? value : undefined;
            };
            resolve({
              httpStatus: message.statusCode ?? 0,
              body,
              clockReading,
              signedAt,
              retryAfter: header("retry-after"),
              traceId: header("x-ncp-trace-id") ?? header("x-ncp-request-id"),
              date: header("date"),
              contentType: header("content-type"),
            });
          })
          .catch(reject)
          .finally(() => clearTimeout(timer));
      });
      outgoing.end(body);
    });
  }

  async function send(wire: WireRequest, options: SendOptions = {}): Promise<WireAnswer> {
    const limitMs = options.timeoutMs ?? timeoutMs;
    if (upstreamOperations[wire.operation].kind === "read")
      return exchange(wire, options.signedAt ?? clock.now(), null, limitMs);
    const startedAt = localNow();
    const socket = await connectSocket(url, Math.min(connectTimeoutMs, limitMs)).catch((error: unknown) => {
      throw new TransportFailure("unreachable", "no", reasonOf(error));
    });
    const signedAt = options.signedAt ?? clock.now();
    if (options.notAfter !== undefined && clock.now() > options.notAfter) {
      socket.destroy();
      throw new TransportFailure("unreachable", "no", "the signature has become too old to be sent");
    }
    return exchange(wire, signedAt, socket, Math.max(1, limitMs - (localNow() - startedAt)));
  }

  function closeIdle(): void {
    for (const sockets of Object.values(readAgent.freeSockets)) for (const idle of sockets ?? []) idle.destroy();
  }

  return { send, closeIdle, close: () => readAgent.destroy() };
}
