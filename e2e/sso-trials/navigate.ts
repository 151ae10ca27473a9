import { once } from "node:events";
import { type IncomingMessage, request as requestOf } from "node:http";
import type { Visitor } from "../../apps/bff/test/identity/visitor.ts";

const headers = {
  Accept: "text/html",
  "Sec-Fetch-Mode": "navigate",
  "Sec-Fetch-Dest": "document",
  // As Node's fetch says: some proxies bind a sign-in that has begun to it.
  "User-Agent": "node",
};

/** Opens a page as a browser does when somebody types its address; `fetch` of Node always says that it is no navigation. */
export async function navigate(visitor: Visitor, url: string): Promise<{ status: number; location: string | null }> {
  const request = requestOf(url, { headers, agent: false });
  request.end();
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  answer.resume();
  for (const line of answer.headers["set-cookie"] ?? []) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    visitor.cookies.set(`${new URL(url).host} ${name}`, value);
  }
  return { status: answer.statusCode ?? 0, location: answer.headers.location ?? null };
}
