import { setImmediate } from "node:timers/promises";
import {
  ApiError,
  bffApi,
  type Client,
  createClient,
  type FileAnswer,
  type Transport,
  WscError,
} from "@wsc-dashboard/wsc-core";
import type { ClientSettings } from "./client-settings.ts";
import { ClientFailure } from "./exit-code.ts";
import { printable } from "./printable.ts";

/** Time limit of a call, in milliseconds; longer than the server's own. */
const callMs = 70_000;

/** No response, or one from a proxy. A retry may succeed. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

export type DashboardClient = Client<typeof bffApi>;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const fileIn = async (response: Response): Promise<FileAnswer> => ({
  fileName: /filename="([^"]*)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "",
  mediaType: response.headers.get("Content-Type") ?? "",
  content: new Uint8Array(await response.arrayBuffer()),
});

/** Sends calls with the token, to the dashboard only: redirects are not followed. Throws NoAnswer, ClientFailure. */
function createTransport({ origin, token }: ClientSettings): Transport {
  return async ({ method, path, body, expects, options }) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: {
        Accept: "application/json",
        Authorization: `Bearer ${token.reveal()}`,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(options.idempotencyKey === undefined ? {} : { "Idempotency-Key": options.idempotencyKey }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(callMs),
    }).catch((error: unknown) => {
      const { cause } = error as { cause?: { code?: string } };
      throw new NoAnswer(`${origin} does not answer (${cause?.code ?? (error as Error).name})`);
    });
    if (answer.status >= 300 && answer.status < 400)
      throw new ClientFailure(
        "unreachable",
        `${origin} redirects: a proxy asks for a sign-in instead of letting service tokens through`,
      );
    try {
      if (expects === "file" && answer.ok)
        return { ok: true, etag: null, status: answer.status, body: await fileIn(answer) };
      const content = parsed(await answer.text());
      // A proxy that cannot reach the dashboard sends its own error page.
      const isProblem = typeof content === "object" && content !== null && "code" in content;
      if (answer.status >= 502 && !isProblem) throw new NoAnswer(`${origin} answers ${answer.status}`);
      return { ok: answer.ok, etag: null, status: answer.status, body: content };
    } catch (error) {
      if (error instanceof NoAnswer) throw error;
      throw new NoAnswer(`the answer of ${origin} broke off`);
    }
  };
}

export function createDashboardClient(settings: ClientSettings): DashboardClient {
  return createClient(bffApi, createTransport(settings), { pause: () => setImmediate() });
}

/** Whether a retry of the same call may succeed. */
export function isTransient(error: unknown): boolean {
  if (error instanceof NoAnswer) return true;
  if (!(error instanceof ApiError)) return false;
  return error.code === "IDEMPOTENCY_KEY_RUNNING" || error.httpStatus === 429 || error.httpStatus >= 502;
}

/** Converts a failed call to the failure of the command. */
export function failureOf(error: unknown): ClientFailure {
  if (error instanceof ClientFailure) return error;
  if (error instanceof NoAnswer) return new ClientFailure("unreachable", error.message);
  if (!(error instanceof WscError)) throw error;
  const { code, details, status } = error;
  const fields = (details.errors ?? []).map(({ pointer, code: reason }) => ` ${pointer}: ${reason}.`).join("");
  const words = details.upstreamMessage === undefined ? "" : ` ${printable(details.upstreamMessage)}`;
  const text = `${error.message}${fields}${words} (${code})`;
  return new ClientFailure(status >= 500 ? "unreachable" : "refused", text, code);
}
