import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Secret } from "./secret.ts";
import { createSigner, signatureOf, signingKeyOf, stringToSign } from "./signature.ts";

interface Vector {
  method: string;
  pathWithQuery: string;
  timestamp: string;
  stringToSign: string;
  signature: string;
  note: string;
}
const file = JSON.parse(readFileSync(new URL("../../fixtures/signature.vectors.json", import.meta.url), "utf8")) as {
  accessKey: string;
  secretKey: string;
  vectors: Vector[];
};
const credentials = { accessKey: new Secret(file.accessKey), secretKey: new Secret(file.secretKey) };

describe("signature v2", () => {
  it.each(file.vectors.map((vector) => [`${vector.method} ${vector.pathWithQuery}`, vector] as const))(
    "agrees with the vector %s",
    (_, vector) => {
      const text = stringToSign({
        method: vector.method,
        pathAndQuery: vector.pathWithQuery,
        timestamp: vector.timestamp,
        accessKey: file.accessKey,
      });
      expect(text).toBe(vector.stringToSign);
      expect(signatureOf(text, signingKeyOf(credentials.secretKey))).toBe(vector.signature);
      const headers = createSigner(credentials)(vector.method, vector.pathWithQuery, Number(vector.timestamp));
      expect(headers["x-ncp-apigw-signature-v2"]).toBe(vector.signature);
      expect(headers["x-ncp-apigw-timestamp"]).toBe(vector.timestamp);
    },
  );

  it("has twelve vectors", () => {
    expect(file.vectors).toHaveLength(12);
  });

  it("sends whole milliseconds, the same in header and text", () => {
    const headers = createSigner(credentials)("GET", "/api/v1/jobs", 1_700_000_000_000.9);
    expect(headers["x-ncp-apigw-timestamp"]).toBe("1700000000000");
    expect(headers["x-ncp-apigw-signature-v2"]).toBe("oR5fzuTsF+An0fpaYpEuHqCJTOxoaAV0vKEKWU5w3OM=");
  });
});

describe("Secret", () => {
  const secret = new Secret("hunter2-value");

  it("reveals its value by reveal() only", () => {
    expect(secret.reveal()).toBe("hunter2-value");
    const shown = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ a: [secret] }),
      Object.values(secret).join(),
    ];
    for (const text of shown) expect(text).not.toContain("hunter2");
    expect(JSON.stringify({ secret })).toBe('{"secret":"[redacted]"}');
  });
});
