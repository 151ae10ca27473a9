import {
  type Client,
  type Contract,
  createClient,
  type FileAnswer,
  parseLongJson,
  type Transport,
  WscError,
} from "@wsc-dashboard/wsc-core";

/** The browser's own errors: no answer from the dashboard at all. The one code the catalogue cannot know. */
export const dashboardUnreachable = "DASHBOARD_UNREACHABLE";

/** In characters; they are all a few words long. */
const maxEventLength = 10_000;

/** Longer nobody waits for what is prepared. */
const maxPreparationMs = 2000;
let prepare: () => Promise<unknown> = async () => {};

/** What to do before a refusal of the dashboard is handed on, such as fetching the words for it. */
export function prepareRefusals(preparation: () => Promise<unknown>): void {
  prepare = preparation;
}

const prepared = (): Promise<unknown> =>
  Promise.race([prepare().catch(() => {}), new Promise((resolve) => setTimeout(resolve, maxPreparationMs))]);

const fetchTransport: Transport = async ({ method, path, body, expects, longField, etag, options }) => {
  const headers: Record<string, string> = { Accept: "application/json", "X-WSC-Request": "1" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey !== undefined) headers["Idempotency-Key"] = options.idempotencyKey;
  // With it the browser hands over a 304 as it came.
  if (etag !== null) headers["If-None-Match"] = etag;
  const signal = options.signal instanceof AbortSignal ? options.signal : null;
  try {
    const response = await fetch(path, {
      method,
      headers,
      signal,
      body: body === undefined ? null : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
    });
    // The API never redirects: it is a proxy that leads a person without a session to its own page.
    if (response.type === "opaqueredirect") return { ok: false, status: 401, etag: null, body: undefined };
    const { ok, status } = response;
    const head = { ok, status, etag: response.headers.get("ETag") };
    if (!ok && status !== 304) await prepared();
    if (expects === "file" && ok) return { ...head, body: await readFile(response) };
    if (expects === "events" && ok && response.body !== null) return { ...head, body: readEvents(response.body) };
    return { ...head, body: await parseJson(await response.text(), longField) };
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
    // A caller that stops listening releases the connection.
    await reader.cancel().catch(() => {});
  }
}

async function parseJson(text: string, longField: string | null = null): Promise<unknown> {
  try {
    return longField === null ? JSON.parse(text) : await parseLongJson(text, longField, nextTask);
  } catch {
    return undefined;
  }
}

/** The next task of the page: keys and drawing have their turn before it. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/**
 * The calls of the endpoints of a noun: the only way from this app to a server. They are made where they are used, so that a page
 * fetches the schemas of what it asks for and no others.
 */
export function callsOf<const E extends Contract[string]>(endpoints: E): Client<{ readonly calls: E }>["calls"] {
  return createClient({ calls: endpoints }, fetchTransport, { pause: nextTask }).calls;
}
