import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { isSameSite } from "./same-site.ts";
import { createTargetFetcher } from "./target-fetcher.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { seen, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const redirectTo = (location: string, status = 302) =>
  serve((_, response) => void response.writeHead(status, { location }).end("end"));
const page = () => serve((_, response) => void response.end("page"));
const options = { allowPrivate: true, maxBytes: 1000, lookup: async () => ["127.0.0.1"] };
const fetcher = createTargetFetcher(options);
const impatient = createTargetFetcher({ ...options, timeoutMs: 300 });
const fetch = (url: string, more: object = {}) => fetcher.fetch({ url: new URL(url), ...more });
const headers = { Authorization: "Bearer canary", Cookie: "a=canary" };

describe("a redirect", () => {
  it("within the site is followed, but typed headers stay with their origin", async () => {
    const other = await page();
    const first = await redirectTo(other.origin);
    expect(await fetch(first.origin, { headers })).toMatchObject({ status: 200, text: "page" });
    expect(first.seen[0]?.headers).toMatchObject({ authorization: "Bearer canary", cookie: "a=canary" });
    expect(other.seen[0]?.headers).not.toHaveProperty("authorization");
    expect(other.seen[0]?.headers).not.toHaveProperty("cookie");
  });

  it.each([
    "http://169.254.169.254/latest/meta-data/",
    "http://localhost:1/",
    "http://other.example.com/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
    "javascript:alert(1)",
    "http://me:pw@127.0.0.1/",
    "//[::1]/",
    "http://2852039166/",
    "http://",
  ])("to %s is the end", async (location) => {
    const first = await redirectTo(location);
    expect(await fetch(first.origin)).toMatchObject({ status: 302, text: "end", url: new URL(first.origin) });
    expect(first.seen).toHaveLength(1);
  });

  it.each([307, 308])("%i does not carry what was typed into a form to another origin", async (status) => {
    const other = await page();
    const first = await redirectTo(other.origin, status);
    expect(await fetch(first.origin, { method: "POST", form: "pw=canary" })).toMatchObject({ status });
    expect(other.seen).toEqual([]);
  });

  it("to a name that resolves to a private address is refused on every hop", async () => {
    const guarded = createTargetFetcher({
      allowPrivate: false,
      lookup: async (name) => (name === "www.example.com" ? ["127.0.0.1"] : ["93.184.215.14"]),
    });
    await expect(guarded.fetch({ url: new URL("http://www.example.com/") })).rejects.toMatchObject({
      code: "TARGET_ADDRESS_FORBIDDEN",
    });
  });

  it("loop is ended", async () => {
    const loop = await redirectTo("/again");
    await expect(fetch(loop.origin)).rejects.toMatchObject({ code: "160353" });
    expect(loop.seen).toHaveLength(9);
  });
});

describe("an answer", () => {
  it.each([
    ["that never ends", (_: IncomingMessage, response: ServerResponse) => void response.write("a")],
    ["that never begins", () => {}],
    ["that is no HTTP", (request: IncomingMessage) => void request.socket.end("nonsense\r\n\r\n")],
    ["that breaks off", (request: IncomingMessage) => void request.socket.destroy()],
  ])("%s is 160353", async (_, answer) => {
    const { origin } = await serve(answer);
    await expect(impatient.fetch({ url: new URL(origin) })).rejects.toMatchObject({ code: "160353" });
  });

  it("that is too large is read up to the limit, compressed or not", async () => {
    const plain = await serve((_, response) => void response.end("a".repeat(1_000_000)));
    expect((await fetch(plain.origin)).text).toHaveLength(1000);
    const bomb = await serve(
      (_, response) =>
        void response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(100_000))),
    );
    expect((await fetch(bomb.origin)).text).toBe("");
  });

  it("is decoded with its charset", async () => {
    const korean = await serve(
      (_, response) =>
        void response
          .writeHead(200, { "content-type": "text/html; charset=euc-kr" })
          .end(Buffer.from("b7ceb1d7c0ce", "hex")),
    );
    expect((await fetch(korean.origin)).text).toBe("로그인");
  });
});

describe("a site", () => {
  it.each([
    ["https://www.example.com/", "https://login.example.com/", true],
    ["https://www.example.co.kr/", "https://example.co.kr/", true],
    ["https://a.co.kr/", "https://b.co.kr/", false],
    ["https://a.github.io/", "https://b.github.io/", false],
    ["https://example.com/", "https://example.com.evil.test/", false],
    ["http://127.0.0.1:1/", "http://127.0.0.1:2/", true],
    ["http://127.0.0.1/", "http://127.0.0.2/", false],
    ["http://[::1]/", "http://127.0.0.1/", false],
  ])("%s and %s: %s", (left, right, same) => {
    expect(isSameSite(new URL(left), new URL(right))).toBe(same);
  });
});
