const limitMs = 3000;
const maxBytes = 256 * 1024;

/** The response status was not 200. */
export class HttpStatusError extends Error {
  override readonly name = "HttpStatusError";
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** Reads the text of a response. Throws beyond 256 kB. */
export async function textWithin(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new Error(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** GETs a small text from a fixed address: no redirects, three seconds, 256 kB. Throws HttpStatusError unless it is a 200. */
export async function boundedFetch(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(limitMs) });
  if (answer.status === 200) return textWithin(answer);
  await answer.body?.cancel();
  throw new HttpStatusError(answer.status);
}
