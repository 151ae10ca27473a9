import { type AddressInfo, createServer, type Server } from "node:net";
import { createEmulator, type Emulator } from "@wsc-dashboard/wsc-emulator";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mayConnect } from "../src/targets/address-guard.ts";
import { createTargetFetcher } from "../src/targets/target-fetcher.ts";
import { forbiddenHosts } from "./address-spellings.ts";
import { accessKey, type Bff, jobBody, secretKey, startBff } from "./start-bff.ts";

let sentinel: Server;
let port = 0;
let connections = 0;
let emulator: Emulator;
let bff: Bff;
/** The responses of the name server, one after the other. */
let answers: string[][] = [];

const lookup = async (): Promise<readonly string[]> => answers.shift() ?? ["127.0.0.1"];

beforeAll(async () => {
  sentinel = createServer((socket) => {
    connections += 1;
    socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  await new Promise<void>((resolve) => sentinel.listen(0, "::", resolve));
  port = (sentinel.address() as AddressInfo).port;
  emulator = await createEmulator({ accessKey, secretKey, paceMs: 0 });
  bff = await startBff({ upstreamUrl: emulator.origin, lookup });
});
afterAll(async () => {
  await bff.close();
  await emulator.close();
  sentinel.close();
});
beforeEach(() => {
  connections = 0;
  answers = [];
});

const form = (change: object) => ({
  kind: "form",
  actionUrl: "https://login.example.com/",
  idParam: "id",
  idValue: "me",
  passwordParam: "pw",
  passwordValue: "secret",
  ...change,
});
const managed = { hosting: "managed", managedConsent: { textVersion: "1", accepted: true } };

/** Every input that makes the dashboard open a connection to a target. */
const inputs: Readonly<Record<string, (url: string) => [path: string, body: unknown]>> = {
  "the target of a check": (url) => ["/api/targets/check", { startUrl: url }],
  "the target of a check with headers": (url) => [
    "/api/targets/check",
    { startUrl: url, signIn: { kind: "headers", headers: { Cookie: "a=b" } } },
  ],
  "the form of a check": (url) => [
    "/api/targets/check",
    { startUrl: "https://93.184.215.14/", signIn: form({ actionUrl: url }) },
  ],
  "the page of a check": (url) => [
    "/api/targets/check",
    { startUrl: "https://93.184.215.14/", signIn: form({ pageUrl: url, actionUrl: url }) },
  ],
  "a login page": (url) => ["/api/targets/login-form", { pageUrl: url }],
  "the target of an ownership file": (url) => ["/api/targets/ownership", { startUrl: url }],
  "the target of a managed job": (url) => ["/api/jobs", jobBody(url, managed)],
  "the form of a job": (url) => ["/api/jobs", jobBody("https://93.184.215.14/", { signIn: form({ actionUrl: url }) })],
};

describe("an address that must not be reached", () => {
  it("is not connected to in any of more than two hundred spellings", async () => {
    expect(forbiddenHosts.length).toBeGreaterThanOrEqual(200);
    const fetcher = createTargetFetcher({ allowPrivate: false, lookup, connectTimeoutMs: 200, timeoutMs: 400 });
    for (const host of forbiddenHosts) {
      for (const url of [`http://${host}:${port}/`, `https://${host}/`]) {
        if (!URL.canParse(url)) continue;
        answers = [["127.0.0.1"]];
        const outcome = await fetcher.fetch({ url: new URL(url) }).catch((error: { code: string }) => error.code);
        expect([url, outcome]).toEqual([url, "TARGET_ADDRESS_FORBIDDEN"]);
      }
    }
    expect(connections).toBe(0);
  });

  it.each(Object.entries(inputs))("is refused as %s", async (_, input) => {
    for (const host of ["127.0.0.1", "2130706433", "0x7f.1", "①②⑦.0.0.1", "[::ffff:7f00:1]", "169.254.169.254"]) {
      const [path, body] = input(`http://${host}:${port}/`);
      const answer = await bff.ask("POST", path, { body });
      expect(answer.status).toBe(422);
      expect(answer.json.code).toBe("TARGET_ADDRESS_FORBIDDEN");
      expect(answer.json.errors).toHaveLength(1);
    }
    expect(connections).toBe(0);
  });

  it.each(["the target of a check", "the form of a check", "the page of a check", "a login page"])(
    "is refused as %s also behind a name, alone or among good ones",
    async (name) => {
      for (const said of [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::1"], ["::ffff:10.0.0.1"]]) {
        answers = [said];
        const [path, body] = inputs[name]?.("http://rebind.example.com/") ?? ["", {}];
        const answer = await bff.ask("POST", path, { body });
        expect([said, answer.json.code]).toEqual([said, "TARGET_ADDRESS_FORBIDDEN"]);
      }
      expect(connections).toBe(0);
    },
  );

  it("is not reached through DNS rebinding between lookup and connection", async () => {
    let asked = 0;
    const fetcher = createTargetFetcher({
      allowPrivate: false,
      connectTimeoutMs: 100,
      timeoutMs: 200,
      lookup: async () => {
        asked += 1;
        return asked === 1 ? ["192.0.2.1"] : ["127.0.0.1"];
      },
    });
    await expect(fetcher.fetch({ url: new URL(`http://rebind.example.com:${port}/`) })).rejects.toThrow();
    expect([asked, connections]).toEqual([1, 0]);
  });

  it("includes every private, local or tunnelled address", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom(80, 443), (address, at) => {
        const [a = 0, b = 0] = address.split(".").map(Number);
        const isInner =
          a === 0 ||
          a === 10 ||
          a === 127 ||
          a >= 224 ||
          (a === 169 && b === 254) ||
          (a === 192 && b === 168) ||
          (a === 172 && b >= 16 && b < 32) ||
          (a === 100 && b >= 64 && b < 128);
        if (isInner) expect(mayConnect(address, at, false)).toBe(false);
        expect(mayConnect(`::ffff:${address}`, at, false)).toBe(mayConnect(address, at, false));
      }),
    );
  });

  it.each([
    ["93.184.215.14", 443, false, true],
    ["2606:4700::1111", 80, false, true],
    ["93.184.215.14", 22, false, false],
    ["93.184.215.14", 22, true, false],
    ["10.0.0.1", 8080, true, true],
    ["127.0.0.1", 8080, true, true],
    ["169.254.169.254", 80, true, false],
    ["fd00:ec2::254", 80, true, false],
    ["168.63.129.16", 80, true, false],
    ["0.0.0.0", 80, true, false],
    ["fe80::1%eth0", 80, true, false],
    ["not an address", 80, true, false],
  ])("%s port %i, private allowed %s: %s", (address, at, allowPrivate, may) => {
    expect(mayConnect(address, at, allowPrivate)).toBe(may);
  });
});
