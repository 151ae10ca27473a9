import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, it } from "vitest";
import { messagesOf } from "./express-messages.ts";

it("requests and responses have the app's prototypes before the app sees them", async () => {
  const app = express();
  let isOwn = false;
  const server = createServer(messagesOf(app), (incoming, response) => {
    isOwn = Object.getPrototypeOf(incoming) === app.request && Object.getPrototypeOf(response) === app.response;
    app(incoming, response);
  });
  app.get("/here", (asked, response) => void response.json({ path: asked.path, query: asked.query }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const [response] = (await once(get(`http://127.0.0.1:${port}/here?a=b`), "response")) as [IncomingMessage];
  const body = Buffer.concat((await response.toArray()) as Buffer[]).toString("utf8");
  server.close();
  server.closeAllConnections();
  expect(isOwn).toBe(true);
  expect(JSON.parse(body)).toEqual({ path: "/here", query: { a: "b" } });
});
