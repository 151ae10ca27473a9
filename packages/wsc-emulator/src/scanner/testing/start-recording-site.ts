import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface RecordedRequest {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: URLSearchParams;
}

export interface RecordingSite {
  origin: string;
  /** Every request so far, in order. */
  requests: readonly RecordedRequest[];
  /** Requested paths, with their query. */
  paths(): string[];
}

export type Answer = (request: RecordedRequest, response: ServerResponse) => void;

/** Starts a site for the current test, on loopback and a free port; it is closed after the test. */
export async function startRecordingSite(answer: Answer): Promise<RecordingSite> {
  const requests: RecordedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = {
      method: incoming.method ?? "",
      url: new URL(incoming.url ?? "/", origin),
      headers: incoming.headers,
      body: new URLSearchParams(Buffer.concat(chunks).toString()),
    };
    requests.push(request);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    if (server.listening) await once(server, "close");
  });
  return { origin, requests, paths: () => requests.map(({ url }) => url.pathname + url.search) };
}

export function sendHtml(response: ServerResponse, html: string, headers: Record<string, string> = {}): void {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(html);
}

/** Returns a site of fixed HTML pages by path; anything else is 404. */
export function pagesAnswer(pages: Readonly<Record<string, string>>): Answer {
  return ({ url }, response) => {
    const html = pages[url.pathname];
    if (html === undefined) response.writeHead(404).end();
    else sendHtml(response, html);
  };
}
