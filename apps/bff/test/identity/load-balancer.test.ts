import { generateKeyPairSync, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Stack, startStack } from "../start-bff.ts";
import { headerMode } from "./header-mode.ts";

const signer = "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:loadbalancer/app/wsc/0123456789abcdef";
const client = "the-client";
const issuer = "https://idp.example.com";
const kid = "01234567-89ab-cdef-0123-456789abcdef";
const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const seconds = (): number => Math.floor(Date.now() / 1000);

/** As a load balancer encodes it: base64url with the padding that RFC 7515 forbids. */
const encoded = (bytes: Buffer): string => bytes.toString("base64").replaceAll("+", "-").replaceAll("/", "_");
const asJson = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const usualHeader = () => ({ typ: "JWT", kid, alg: "ES256", iss: issuer, client, signer, exp: seconds() + 120 });
const usualClaims = { sub: "ann", name: "Ann Park", email: "ann@example.com", groups: ["drivers"] };

function assertion(claims: object = {}, header: object = {}): string {
  const signed = `${encoded(asJson({ ...usualHeader(), ...header }))}.${encoded(asJson({ ...usualClaims, ...claims }))}`;
  return `${signed}.${encoded(sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" }))}`;
}

let keys: Server;
let asked: string[];
let stack: Stack;
beforeAll(async () => {
  keys = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === `/${kid}`) response.end(publicKey.export({ type: "spki", format: "pem" }));
    else response.writeHead(404).end();
  });
  asked = [];
  await new Promise<void>((resolve) => keys.listen(0, "127.0.0.1", resolve));
  stack = await startStack({
    environment: {
      WSC_AUTH_MODE: "jwt",
      WSC_AUTH_PRESET: "alb",
      WSC_AUTH_JWKS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}`,
      WSC_AUTH_ALB_SIGNER: signer,
      WSC_AUTH_ISSUER: issuer,
      WSC_AUTH_AUDIENCE: client,
      WSC_ROLE_MAP: headerMode.WSC_ROLE_MAP ?? "",
      WSC_ENCRYPTION_KEYS: headerMode.WSC_ENCRYPTION_KEYS ?? "",
    },
  });
});
afterAll(async () => {
  await stack.close();
  keys.close();
});
beforeEach(() => {
  asked = [];
});

const session = (token: string) => stack.ask("GET", "/api/session", { headers: { "X-Amzn-Oidc-Data": token } });

describe("an assertion of a load balancer", () => {
  it.each([
    ["with issuer and end in its header alone", {}],
    ["with both in its claims as well", { iss: issuer, exp: seconds() + 120 }],
  ])("%s is believed, padding and all", async (_, claims) => {
    const token = assertion(claims);
    expect(token).toContain("=");
    expect(await session(token)).toMatchObject({
      status: 200,
      json: { user: { name: "Ann Park", roles: ["operator"] } },
    });
  });

  it("expires at the earlier of its two expiry times", async () => {
    const { json } = await session(assertion({ exp: seconds() + 60 }));
    expect(Date.parse(json.endsAt)).toBeLessThanOrEqual((seconds() + 60) * 1000);
  });

  it.each<readonly [string, object, object]>([
    ["another load balancer", {}, { signer: signer.replace("wsc", "other") }],
    ["no load balancer", {}, { signer: undefined }],
    ["another client", {}, { client: "another" }],
    ["another issuer in its header", {}, { iss: "https://evil.example.com" }],
    ["another issuer in its claims", { iss: "https://evil.example.com" }, {}],
    ["an end that is over in its header", {}, { exp: seconds() - 31 }],
    ["an end that is over in its claims", { exp: seconds() - 31 }, {}],
    ["an end that is a text", {}, { exp: "9999999999" }],
    ["no end at all", {}, { exp: undefined }],
    ["an end in ten years", {}, { exp: seconds() + 315_360_000 }],
    ["no subject", { sub: undefined }, {}],
    ["a signature of another kind", {}, { alg: "HS256" }],
    ["none", {}, { alg: "none" }],
  ])("of %s is refused", async (_, claims, header) => {
    expect(await session(assertion(claims, header))).toMatchObject({ status: 401, json: { code: "SESSION_REQUIRED" } });
  });

  it("that was changed in transit is refused", async () => {
    const [header, , signature] = assertion().split(".");
    const token = `${header}.${encoded(asJson({ ...usualClaims, groups: ["owners"] }))}.${signature}`;
    expect((await session(token)).status).toBe(401);
  });

  it.each(["../../etc/passwd", `${kid}/../x`, "http://169.254.169.254/", `${kid}?x`, kid.toUpperCase(), ""])(
    "that names the key %j has nobody asked for it",
    async (name) => {
      expect((await session(assertion({}, { kid: name }))).status).toBe(401);
      expect(asked).toEqual([]);
    },
  );

  it("causes at most ten requests for unknown keys a minute, while the known key keeps working", async () => {
    expect((await session(assertion())).status).toBe(200);
    for (let number = 10; number < 40; number += 1) {
      const token = assertion({}, { kid: kid.replace(/^01/, String(number)) });
      expect((await session(token)).status).toBe(401);
    }
    const unknown = asked.filter((path) => path !== `/${kid}`);
    expect(unknown.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThanOrEqual(10);
    expect((await session(assertion())).status).toBe(200);
  });
});
