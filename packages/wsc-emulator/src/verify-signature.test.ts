import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signatureOf, testKeys } from "./testing-gateway.ts";
import { refusalOf as refusalWithin } from "./verify-signature.ts";

const missing = "Authentication information are missing.";
const invalid = "Invalid authentication information.";
const now = 1_700_000_000_000;
const fiveMinutes = 300_000;

const refusalOf = (
  request: Parameters<typeof refusalWithin>[0],
  keys: Parameters<typeof refusalWithin>[1],
  at: number,
): string | null => refusalWithin(request, keys, at, fiveMinutes);

const headersFor = (method: string, url: string, timestamp = String(now)): Record<string, string> => ({
  "x-ncp-apigw-timestamp": timestamp,
  "x-ncp-iam-access-key": testKeys.accessKey,
  "x-ncp-apigw-signature-v2": signatureOf(method, url, timestamp),
});

describe("refusalOf", () => {
  const vectorsFile = new URL("../../wsc-core/fixtures/signature.vectors.json", import.meta.url);
  const { vectors, ...keys } = JSON.parse(readFileSync(vectorsFile, "utf8")) as {
    accessKey: string;
    secretKey: string;
    vectors: { method: string; pathWithQuery: string; timestamp: string; signature: string }[];
  };

  it.each(vectors)(
    "accepts the vector of $method $pathWithQuery",
    ({ method, pathWithQuery, timestamp, signature }) => {
      const headers = {
        "x-ncp-apigw-timestamp": timestamp,
        "x-ncp-iam-access-key": keys.accessKey,
        "x-ncp-apigw-signature-v2": signature,
      };
      const request = { method, url: pathWithQuery, headers };
      expect(refusalOf(request, keys, Number(timestamp))).toBeNull();
      expect(refusalOf({ ...request, url: `${pathWithQuery}&` }, keys, Number(timestamp))).toBe(invalid);
      expect(refusalOf({ ...request, method: "DELETE" }, keys, Number(timestamp))).toBe(invalid);
    },
  );

  it.each(["x-ncp-apigw-timestamp", "x-ncp-iam-access-key", "x-ncp-apigw-signature-v2"])(
    "names it missing when %s is absent or empty",
    (name) => {
      const request = { method: "GET", url: "/api/v1/jobs" };
      const { [name]: _, ...rest } = headersFor("GET", "/api/v1/jobs");
      expect(refusalOf({ ...request, headers: rest }, testKeys, now)).toBe(missing);
      expect(refusalOf({ ...request, headers: { ...rest, [name]: "" } }, testKeys, now)).toBe(missing);
    },
  );

  it.each([300_000, -300_000, 300_001, 86_400_000])("refuses a request signed %i ms off", (difference) => {
    const headers = headersFor("GET", "/api/v1/jobs", String(now - difference));
    expect(refusalOf({ method: "GET", url: "/api/v1/jobs", headers }, testKeys, now)).toBe(invalid);
  });

  it.each([299_999, -299_999, 0])("accepts a request signed %i ms off", (difference) => {
    const headers = headersFor("GET", "/api/v1/jobs", String(now - difference));
    expect(refusalOf({ method: "GET", url: "/api/v1/jobs", headers }, testKeys, now)).toBeNull();
  });

  it.each([1_000, -1_000, 60_000])("refuses a request signed %i ms off when a second is the limit", (difference) => {
    const request = { method: "GET", url: "/api/v1/jobs" };
    const headers = headersFor("GET", "/api/v1/jobs", String(now - difference));
    expect(refusalWithin({ ...request, headers }, testKeys, now, 1_000)).toBe(invalid);
    expect(refusalWithin({ ...request, headers }, testKeys, now, Math.abs(difference) + 1)).toBeNull();
  });

  it.each(["1.7e12", " 1700000000000", "0x18bcfe56800", "", "NaN", "1700000000000.0"])(
    "refuses the timestamp %j although it is signed",
    (timestamp) => {
      const headers = headersFor("GET", "/api/v1/jobs", timestamp);
      expect(refusalOf({ method: "GET", url: "/api/v1/jobs", headers }, testKeys, now)).not.toBeNull();
    },
  );

  it("refuses any other signature, key or path", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("signature", "key", "path"), (text, part) => {
        const headers = headersFor("GET", "/api/v1/jobs");
        fc.pre(text !== headers["x-ncp-apigw-signature-v2"] && text !== testKeys.accessKey && text !== "");
        if (part === "signature") headers["x-ncp-apigw-signature-v2"] = text;
        if (part === "key") headers["x-ncp-iam-access-key"] = text;
        const url = part === "path" ? `/api/v1/jobs${text}` : "/api/v1/jobs";
        expect(refusalOf({ method: "GET", url, headers }, testKeys, now)).toBe(invalid);
      }),
    );
  });
});
