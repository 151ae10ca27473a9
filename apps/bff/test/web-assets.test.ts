import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request as requestOf, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { brotliCompressSync } from "node:zlib";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveAssets } from "../src/http/web-assets.ts";

const script = "export const words = 1;";
let directory = "";
let server: Server;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "web-assets-"));
  const web = join(directory, "web");
  await mkdir(join(web, "assets"), { recursive: true });
  await writeFile(join(directory, "outside.txt"), "outside");
  await writeFile(join(web, "index.html"), "<html></html>");
  await writeFile(join(web, ".env"), "hidden");
  await writeFile(join(web, "favicon.svg"), "<svg/>");
  await writeFile(join(web, "assets", "main-1a.js"), script);
  await writeFile(join(web, "assets", "main-1a.js.br"), brotliCompressSync(script));
  await writeFile(join(web, "assets", "gone-2b.js"), script);
  const app = express();
  app.use(serveAssets(web));
  app.use((_request, response) => void response.status(404).send("next"));
  await new Promise<void>((resolve) => {
    server = app.listen(0, "127.0.0.1", () => resolve());
  });
  await rm(join(web, "assets", "gone-2b.js"));
  await writeFile(join(web, "assets", "later-3c.js"), script);
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(directory, { recursive: true, force: true });
});

/** Sends the path verbatim: a URL parser would remove `..`. */
async function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    requestOf({ host: "127.0.0.1", port, path, method, headers, agent: false }, resolve).once("error", reject).end();
  });
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

describe("the files of the built web", () => {
  it("are immutable when their name has a hash, with the type of the original when compressed", async () => {
    const compressed = await ask("/assets/main-1a.js", { "Accept-Encoding": "gzip, br" });
    expect(compressed.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-encoding": "br",
      "content-type": "text/javascript; charset=utf-8",
      vary: "Accept-Encoding",
    });
    const plain = await ask("/assets/main-1a.js", { "Accept-Encoding": "gzip, br;q=0" });
    expect(plain.body).toBe(script);
    expect(plain.headers).not.toHaveProperty("content-encoding");
    expect(plain.headers.vary).toBe("Accept-Encoding");
  });

  it("are revalidated when their name has none", async () => {
    const { headers } = await ask("/favicon.svg");
    expect(headers["cache-control"]).toBe("no-cache");
    const again = await ask("/favicon.svg", { "If-None-Match": String(headers.etag) });
    expect(again.status).toBe(304);
  });

  it("answer HEAD without a body", async () => {
    const { status, headers, body } = await ask("/assets/main-1a.js", {}, "HEAD");
    expect([status, headers["content-length"], body]).toEqual([200, String(script.length), ""]);
  });

  it("exclude outside, hidden, index and compressed files in every spelling of the path", async () => {
    const refused = [
      "/index.html",
      "/index%2Ehtml",
      "/assets/main-1a.js.br",
      "/.env",
      "/%2eenv",
      "/../outside.txt",
      "/assets/../../outside.txt",
      "/..%2foutside.txt",
      "/assets/..%5c..%5coutside.txt",
      "//favicon.svg",
      "/assets/",
      "/assets",
      "/favicon.svg%00",
      "/%",
    ];
    for (const path of refused) expect([path, (await ask(path)).body]).toEqual([path, "next"]);
  });

  it("are those at the start: a deleted one is left to the next handler, a later one is unknown", async () => {
    const gone = await ask("/assets/gone-2b.js", { "Accept-Encoding": "br" });
    expect(gone).toMatchObject({ status: 404, body: "next" });
    expect(gone.headers).not.toHaveProperty("cache-control");
    expect((await ask("/assets/later-3c.js")).body).toBe("next");
  });
});
