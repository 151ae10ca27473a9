import {
  type Client,
  type Contract,
  createClient,
  type FileAnswer,
  parseLongJson,
  type Transport,
  WscError,
} from "@wsc-dashboard/wsc-core";
import { takeEarlyAnswer } from "./early-answers.ts";
import { pauseWhenDue, readLongText, startBurst } from "./long-text.ts";

/** The browser got no response from the dashboard at all. The one code that the catalogue does not have. */
export const dashboardUnreachable = "DASHBOARD_UNREACHABLE";

/** Maximum length of an event in characters; real events have a few words. */
const maxEventLength = 10_000;

/** Maximum time to wait for the preparation, in milliseconds. */
const maxPreparationMs = 2000;
let prepare: () => Promise<unknown> = async () => {};

/** Registers work to do before a refusal by the dashboard is thrown, such as fetching the error texts. */
export function prepareRefusals(preparation: () => Promise<unknown>): void {
  prepare = preparation;
}

const prepared = (): Promise<unknown> =>
  Promise.race([prepare().catch(() => {}), new Promise((resolve) => setTimeout(resolve, maxPreparationMs))]);

const fetchTransport: Transport = async ({ method, path, body, expects, longField, etag, options }) => {
  const headers: Record<string, string> = { Accept: "application/json", "X-WSC-Request": "1" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey !== undefined) headers["Idempotency-Key"] = options.idempotencyKey;
  // With this header set by us, the browser passes a 304 on unchanged.
  if (etag !== null) headers["If-None-Match"] = etag;
  const signal = options.signal instanceof AbortSignal ? options.signal : null;
  try {
    const early = method === "GET" && expects === "json" && etag === null ? takeEarlyAnswer(path) : null;
    const request: RequestInit = { method, headers, signal, body: body === undefined ? null : JSON.stringify(body) };
    // A refusal may be out of date: the person may have signed in meanwhile.
    const accepted = await early?.then((answer) => (answer.ok ? answer : null)).catch(() => null);
    const response =
      accepted ??
      (await fetch(path, { ...request, credentials: "same-origin", cache: "no-store", redirect: "manual" }));
    // The API never redirects: a redirect comes from a proxy that sends a person without a session to its login page.
    if (response.type === "opaqueredirect") return { ok: false, status: 401, etag: null, body: undefined };
    const { ok, status } = response;
    const head = { ok, status, etag: response.headers.get("ETag") };
    if (!ok && status !== 304) await prepared();
    if (expects === "file" && ok) return { ...head, body: await readFile(response) };
    if (expects === "events" && ok && response.body !== null) return { ...head, body: readEvents(response.body) };
    if (longField === null) return { ...head, body: await parseJson(await response.text()) };
    const text = await readLongText(response);
    startBurst();
    return { ...head, body: await parseJson(text, longField) };
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new WscError(dashboardUnreachable, undefined, { cause });
  }
};

async function readFile(response: Response): Promise<FileAnswer> {
  return {
    fileName: /filename="?([^";]*)"?/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "",
    mediaType: response.headers.get("Content-Type") ?? "",
    content: new Uint8Array(await response.arrayBuffer()),
  };
}

async function* readEvents(stream: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<unknown> {
  const { EventSourceParserStream } = await import("eventsource-parser/stream");
  const reader = stream
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: maxEventLength }))
    .getReader();
  try {
    for (let event = await reader.read(); !event.done; event = await reader.read())
      yield await parseJson(event.value.data);
  } finally {
    // Releases the connection when the caller stops iterating.
    await reader.cancel().catch(() => {});
  }
}

async function parseJson(text: string, longField: string | null = null): Promise<unknown> {
  try {
    return longField === null ? JSON.parse(text) : await parseLongJson(text, longField, pauseWhenDue);
  } catch {
    return undefined;
  }
}

/**
 * Returns the calls of one noun's endpoints: the only way from this app to a server. Each module makes its own, so that a page
 * loads only the schemas it needs.
 */
export function callsOf<const E extends Contract[string]>(endpoints: E): Client<{ readonly calls: E }>["calls"] {
  return createClient({ calls: endpoints }, fetchTransport, { pause: pauseWhenDue }).calls;
}
