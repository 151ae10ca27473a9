import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import type { WireRequest } from "../upstream/operations.ts";
import type { GatewayClock } from "./gateway-clock.ts";
import { type Credentials, createSigner } from "./signature.ts";

export interface TransportOptions {
  /** Scheme, host and port of the upstream; the path comes from the request. */
  readonly origin: string;
  readonly credentials: Credentials;
  readonly clock: GatewayClock;
  /** Milliseconds for one whole exchange. */
  readonly timeoutMs: number;
  /** Milliseconds until the connection stands. */
  readonly connectTimeoutMs?: number;
  /** Largest answer read, in bytes. */
  readonly maxAnswerBytes?: number;
  readonly localNow?: () => number;
}

export interface WireAnswer {
  readonly httpStatus: number;
  readonly text: string;
  readonly retryAfter: string | undefined;
  /** The upstream's own request id, for its support desk. */
  readonly traceId: string | undefined;
}

/** The exchange failed below HTTP. `sent` says whether the upstream may have seen the request. */
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

export interface SignedTransport {
  /** Sends once, signed now; never repeats, never follows a redirect. Throws TransportFailure. */
  send(request: WireRequest, options?: { timeoutMs?: number; signal?: AbortSignal }): Promise<WireAnswer>;
  close(): void;
}

/** Only the error's code: messages of the network stack may quote what was sent. */
function reasonOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "connection failed";
}

function readAnswer(message: IncomingMessage, maxBytes: number): Promise<string> {
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
    message.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    message.on("error", (error) => reject(new TransportFailure("interrupted", "maybe", reasonOf(error))));
    message.on("close", () => reject(new TransportFailure("interrupted", "maybe", "connection closed early")));
  });
}

/**
 * The one way to the upstream. Reads share a few kept-alive connections; everything that changes something goes out on a
 * connection of its own that nobody reuses, so that no layer below can repeat it.
 */
export function createSignedTransport({
  origin,
  credentials,
  clock,
  timeoutMs,
  connectTimeoutMs = 3_000,
  maxAnswerBytes = 20_000_000,
  localNow = Date.now,
}: TransportOptions): SignedTransport {
  const { protocol, hostname, port } = new URL(origin);
  const secure = protocol === "https:";
  const start = secure ? httpsRequest : httpRequest;
  const agentOptions = { keepAlive: true, maxSockets: 4, maxFreeSockets: 4, timeout: 30_000 };
  const readAgent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions);
  const sign = createSigner(credentials);

  async function send(
    wire: WireRequest,
    options: { timeoutMs?: number; signal?: AbortSignal } = {},
  ): Promise<WireAnswer> {
    const single = wire.operation !== "getJobs" && wire.operation !== "searchJobs" && wire.operation !== "getReport";
    const limitMs = options.timeoutMs ?? timeoutMs;
    let connected = false;
    let outgoing: ClientRequest | undefined;
    const sentAt = localNow();
    const timers: NodeJS.Timeout[] = [];
    try {
      const message = await new Promise<IncomingMessage>((resolve, reject) => {
        const body = wire.body === null ? undefined : Buffer.from(wire.body, "utf8");
        outgoing = start({
          // A bracketed IPv6 literal is only a URL's spelling.
          hostname: hostname.replace(/^\[|\]$/g, ""),
          ...(port === "" ? {} : { port }),
          method: wire.method,
          path: wire.pathAndQuery,
          agent: single ? false : readAgent,
          headers: {
            ...sign(wire.method, wire.pathAndQuery, clock.now()),
            Accept: "application/json",
            "Accept-Encoding": "identity",
            ...(single ? { Connection: "close" } : {}),
            ...(body ? { "Content-Length": String(body.length) } : single ? { "Content-Length": "0" } : {}),
          },
        });
        const giveUp = (): void => {
          reject(
            connected
              ? new TransportFailure("timeout", "maybe", `no complete answer within ${limitMs} ms`)
              : new TransportFailure("unreachable", "no", `no connection within ${limitMs} ms`),
          );
          outgoing?.destroy();
        };
        timers.push(setTimeout(giveUp, limitMs));
        outgoing.on("socket", (socket) => {
          if (!socket.connecting) {
            connected = true;
            return;
          }
          const connectTimer = setTimeout(giveUp, Math.min(connectTimeoutMs, limitMs));
          timers.push(connectTimer);
          socket.once(secure ? "secureConnect" : "connect", () => {
            clearTimeout(connectTimer);
            connected = true;
          });
        });
        options.signal?.addEventListener("abort", giveUp, { once: true });
        outgoing.on("response", resolve);
        outgoing.on("error", (error) =>
          reject(
            connected
              ? new TransportFailure("interrupted", "maybe", reasonOf(error))
              : new TransportFailure("unreachable", "no", reasonOf(error)),
          ),
        );
        outgoing.end(body);
      });
      const expired = new Promise<never>((_, reject) => {
        const left = Math.max(0, limitMs - (localNow() - sentAt));
        timers.push(
          setTimeout(
            () => reject(new TransportFailure("timeout", "maybe", `no complete answer within ${limitMs} ms`)),
            left,
          ),
        );
      });
      clock.observe(message.headers.date, sentAt, localNow(), message.headers.age !== undefined);
      const text = await Promise.race([readAnswer(message, maxAnswerBytes), expired]);
      const header = (name: string): string | undefined => {
        const value = message.headers[name];
        return typeof value === "string" ? value : undefined;
      };
      return {
        httpStatus: message.statusCode ?? 0,
        text,
        retryAfter: header("retry-after"),
        traceId: header("x-ncp-trace-id") ?? header("x-ncp-request-id"),
      };
    } catch (error) {
      outgoing?.destroy();
      throw error;
    } finally {
      for (const timer of timers) clearTimeout(timer);
    }
  }

  return { send, close: () => readAgent.destroy() };
}
