import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpReceiver {
  readonly origin: string;
  readonly received: Received[];
  /** Bytes of its responses that clients have read. */
  readonly sentBytes: () => number;
  /** Sets the response of a path. */
  answers(path: string, answer: (response: ServerResponse) => void): void;
  at(path: string): Received[];
  close(): Promise<void>;
}

/** Responds 204 unless a path has another response. */
export async function startHttpReceiver(port = 0): Promise<HttpReceiver> {
  const received: Received[] = [];
  const behaviours = new Map<string, (response: ServerResponse) => void>();
  let sent = 0;
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      const headers = request.headers as Record<string, string>;
      received.push({ path, headers, body: Buffer.concat(chunks).toString("utf8") });
      response.on("close", () => {
        sent += request.socket.bytesWritten;
      });
      const answer = behaviours.get(path);
      if (answer === undefined) response.writeHead(204).end();
      else answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    sentBytes: () => sent,
    answers: (path, answer) => void behaviours.set(path, answer),
    at: (path) => received.filter((one) => one.path === path),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Writes for as long as the client reads, up to a gigabyte. */
export function pourGigabyte(response: ServerResponse): void {
  const chunk = Buffer.alloc(65_536, "x");
  let left = 1_000_000_000;
  response.writeHead(200, { "content-type": "text/plain" });
  const pour = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once("drain", pour);
        return;
      }
    }
    response.end();
  };
  pour();
}

export interface MailReceiver {
  readonly port: number;
  readonly mails: { readonly to: string[]; readonly from: string; readonly text: string }[];
  close(): Promise<void>;
}

/** A mail server without TLS that accepts mail from clients with the password. */
export async function startMailReceiver(password: string): Promise<MailReceiver> {
  const mails: MailReceiver["mails"][number][] = [];
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    onAuth(auth, _session, done) {
      if (auth.password === password) done(null, { user: auth.username });
      else done(new Error("another password"));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          to: rcptTo.map(({ address }) => address),
          from: mailFrom === false ? "" : mailFrom.address,
          text: Buffer.concat(chunks).toString("utf8"),
        });
        done();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** The text of a mail as its reader sees it. */
export function decodedMail(mail: string): string {
  const split = mail.indexOf("\r\n\r\n");
  const [head, body] = [mail.slice(0, split), mail.slice(split + 4)];
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, "base64").toString("utf8");
  const bytes = body
    .replaceAll("=\r\n", "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
