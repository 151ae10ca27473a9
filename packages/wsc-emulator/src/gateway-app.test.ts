import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { type CallOptions, signatureOf, startGateway, testKeys } from "./testing-gateway.ts";

const missing = {
  error: { errorCode: "200", message: "Authentication Failed", details: "Authentication information are missing." },
};
const invalid = {
  error: { errorCode: "200", message: "Authentication Failed", details: "Invalid authentication information." },
};
const notFound = { error: { errorCode: "300", message: "Not Found Exception", details: "URL not found." } };

const listPath = "/api/v1/jobs?limit=10&page=1";

describe("the checks of the gateway", () => {
  it.each(["x-ncp-apigw-timestamp", "x-ncp-iam-access-key", "x-ncp-apigw-signature-v2"])(
    "refuses a request without %s",
    async (name) => {
      const { call } = await startGateway();
      const answer = await call("GET", listPath, { headers: { [name]: null } });
      expect(answer.status).toBe(401);
      expect(answer.json()).toEqual(missing);
    },
  );

  it.each<[string, CallOptions]>([
    ["another secret key", { secretKey: "SK_OTHER" }],
    ["another access key", { accessKey: "AK_OTHER" }],
    ["a signature that is no base64", { headers: { "x-ncp-apigw-signature-v2": "%%%" } }],
    ["the query in another order", { signedPath: "/api/v1/jobs?page=1&limit=10" }],
    ["the query left out", { signedPath: "/api/v1/jobs" }],
    ["a mangled path", { signedPath: "/api/v1//jobs?limit=10&page=1" }],
    ["the full URL", { signedPath: "http://127.0.0.1/api/v1/jobs?limit=10&page=1" }],
    ["another method", { signedMethod: "POST" }],
    ["a lower-case method", { signedMethod: "get" }],
    ["a timestamp of five minutes ago", { timestamp: Date.now() - 300_000 }],
    ["a timestamp six minutes ahead", { timestamp: Date.now() + 360_000 }],
    ["a timestamp in seconds", { timestamp: Math.floor(Date.now() / 1000) }],
    ["a timestamp that is no number", { timestamp: "yesterday" }],
  ])("refuses a request signed with %s", async (_, options) => {
    const { call } = await startGateway();
    const answer = await call("GET", listPath, options);
    expect(answer.status).toBe(401);
    expect(answer.json()).toEqual(invalid);
  });

  it("enforces five minutes to the millisecond by its own clock", async () => {
    const now = Date.parse("2026-11-20T12:00:00Z");
    const { call } = await startGateway({ now: () => now });
    expect((await call("GET", listPath, { timestamp: now - 300_000 })).status).toBe(401);
    expect((await call("GET", listPath, { timestamp: now + 300_000 })).status).toBe(401);
    expect((await call("GET", listPath, { timestamp: now - 299_999 })).status).toBe(200);
    expect((await call("GET", listPath, { timestamp: now + 299_999 })).status).toBe(200);
  });

  it("shifts its clock and Date header when configured", async () => {
    const now = Date.parse("2026-11-20T12:00:00Z");
    const { call } = await startGateway({ now: () => now, clockOffsetMs: 600_000 });
    const refused = await call("GET", listPath, { timestamp: now });
    expect(refused.status).toBe(401);
    expect(refused.headers.get("date")).toBe("Fri, 20 Nov 2026 12:10:00 GMT");
    expect((await call("GET", listPath, { timestamp: now + 600_000 })).status).toBe(200);
  });

  it("checks the signature before the path", async () => {
    const { call } = await startGateway();
    const answer = await call("GET", "/api/v1/nothing", { secretKey: "SK_OTHER" });
    expect(answer.json()).toEqual(invalid);
  });

  it.each([
    ["GET", "/api/v1/search"],
    ["POST", "/api/v1/search"],
    ["GET", "/api/v1/jobs/report"],
    ["GET", "/api/v1/7000001/report"],
    ["PATCH", "/api/v1/7000001/cancel"],
    ["GET", "/api/v1/jobs/7000001"],
    ["GET", "/api/v1/jobs/7000001/report/"],
    ["GET", "/api/v1/Jobs?limit=10&page=1"],
    ["GET", "/api/v1/jobs/?limit=10&page=1"],
    ["GET", "/api/v1"],
    ["GET", "/api/v2/jobs"],
    ["GET", "/"],
    ["PUT", "/api/v1/jobs"],
    ["POST", "/api/v1/job"],
    ["POST", "/api/v1/jobs"],
    ["GET", "/api/v1/jobs/search"],
    ["POST", "/api/v1/jobs/7000001/cancel"],
    ["PUT", "/api/v1/jobs/7000001/stop"],
    ["PATCH", "/api/v1/jobs/7000001/report"],
    ["DELETE", "/api/v1/jobs/7000001"],
  ])("knows no %s %s", async (method, path) => {
    const { call } = await startGateway();
    const answer = await call(method, path);
    expect(answer.status).toBe(404);
    expect(answer.json()).toEqual(notFound);
  });

  it("answers HEAD and OPTIONS like other wrong methods", async () => {
    const { call } = await startGateway();
    expect((await call("HEAD", listPath)).status).toBe(404);
    expect((await call("OPTIONS", listPath)).status).toBe(404);
  });

  it.each([
    ["GET", listPath],
    ["POST", "/api/v1/jobs/search"],
    ["PUT", "/api/v1/job"],
    ["PATCH", "/api/v1/jobs/7000001/cancel"],
    ["PATCH", "/api/v1/jobs/7000001/stop"],
    ["GET", "/api/v1/jobs/7000001/report"],
  ])("refuses %s %s without application/json", async (method, path) => {
    const { call } = await startGateway();
    for (const type of [null, "text/plain", "application/jsonp", "application/x-www-form-urlencoded"]) {
      const answer = await call(method, path, { headers: { "content-type": type } });
      expect(answer.status).toBe(400);
      expect(answer.json().error).toMatchObject({ errorCode: "100", message: "Bad Request Exception" });
    }
  });

  it("accepts application/json with a charset and in any letter case", async () => {
    const { call } = await startGateway();
    expect(
      (await call("GET", listPath, { headers: { "content-type": "Application/JSON; charset=utf-8" } })).status,
    ).toBe(200);
  });

  it("refuses a body that is not JSON", async () => {
    const { call } = await startGateway();
    for (const rawBody of ["{", "StartUrl=http://127.0.0.1/", '{"a":1}}', "\u0000"]) {
      const answer = await call("PUT", "/api/v1/job", { rawBody });
      expect(answer.status).toBe(400);
      expect(answer.json().error.errorCode).toBe("100");
    }
  });

  it("refuses a body beyond one mebibyte with 413", async () => {
    const { call } = await startGateway();
    const answer = await call("PUT", "/api/v1/job", { body: { Memo: "x".repeat(1_100_000) } });
    expect(answer.status).toBe(413);
    expect(answer.json()).toEqual({ error: { errorCode: "430", message: "Request Entity Too Large" } });
  });

  it("refuses a compressed body, which no client of this API sends", async () => {
    const { call } = await startGateway();
    const answer = await call("POST", "/api/v1/jobs/search", { rawBody: "x", headers: { "content-encoding": "gzip" } });
    expect(answer.status).toBe(400);
  });

  it("accepts the request target in origin form only", async () => {
    const { emulator } = await startGateway();
    const timestamp = String(Date.now());
    const target = `${emulator.origin}${listPath}`;
    const lines = [
      `GET ${target} HTTP/1.1`,
      "Host: 127.0.0.1",
      "Connection: close",
      "Content-Type: application/json",
      `x-ncp-apigw-timestamp: ${timestamp}`,
      `x-ncp-iam-access-key: ${testKeys.accessKey}`,
      `x-ncp-apigw-signature-v2: ${signatureOf("GET", listPath, timestamp)}`,
    ];
    const text = await new Promise<string>((resolve, reject) => {
      let received = "";
      const socket = connect(emulator.port, "127.0.0.1", () => socket.write(`${lines.join("\r\n")}\r\n\r\n`));
      socket.setEncoding("utf8");
      socket.on("data", (part: string) => {
        received += part;
      });
      socket.on("error", reject);
      socket.on("close", () => resolve(received));
    });
    expect(text).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("reveals no implementation and gives every answer a trace id", async () => {
    const { call } = await startGateway();
    const { headers } = await call("GET", listPath);
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("x-ncp-trace-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  it("refuses to start without keys, with an unknown setting, or on a taken port", async () => {
    const { emulator } = await startGateway();
    await expect(startGateway({ secretKey: "" })).rejects.toThrow("secret key");
    await expect(startGateway({ port: emulator.port })).rejects.toThrow("EADDRINUSE");
    await expect(startGateway({ queueLimit: 0 })).rejects.toThrow();
  });
});
