import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import type { Secret } from "./secret.ts";

export interface SignatureInput {
  readonly method: string;
  /** Percent-encoded, query included, exactly as it goes on the wire. */
  readonly pathAndQuery: string;
  /** Milliseconds since the Unix epoch, decimal. */
  readonly timestamp: string;
  readonly accessKey: string;
}

/** The text that signature v2 covers (docs/upstream-api.md section 4.2): LF separators, none at the end, no body, no host. */
export function stringToSign({ method, pathAndQuery, timestamp, accessKey }: SignatureInput): string {
  return `${method.toUpperCase()} ${pathAndQuery}\n${timestamp}\n${accessKey}`;
}

/** A secret key ready for signing: its UTF-8 bytes as given, not base64-decoded (docs/upstream-api.md section 4.2). */
export function signingKeyOf(secretKey: Secret): KeyObject {
  return createSecretKey(Buffer.from(secretKey.reveal(), "utf8"));
}

/** HMAC-SHA256 of the text, in standard base64 with padding. */
export function signatureOf(text: string, key: KeyObject): string {
  return createHmac("sha256", key).update(text, "utf8").digest("base64");
}

export interface Credentials {
  readonly accessKey: Secret;
  readonly secretKey: Secret;
}

/** Headers of every call (docs/upstream-api.md section 4.1). Secret like the keys: anybody can replay them for five minutes. */
export type SignedHeaders = Readonly<
  Record<"x-ncp-apigw-timestamp" | "x-ncp-iam-access-key" | "x-ncp-apigw-signature-v2" | "Content-Type", string>
>;

export type Signer = (method: string, pathAndQuery: string, timestampMs: number) => SignedHeaders;

/**
 * Makes a signer with one key object for all calls. `timestampMs` is the instant in milliseconds by the gateway's clock;
 * the header and the text use the same one.
 */
export function createSigner({ accessKey, secretKey }: Credentials): Signer {
  const key = signingKeyOf(secretKey);
  return (method, pathAndQuery, timestampMs) => {
    const timestamp = String(Math.trunc(timestampMs));
    const input = { method, pathAndQuery, timestamp, accessKey: accessKey.reveal() };
    return {
      "x-ncp-apigw-timestamp": timestamp,
      "x-ncp-iam-access-key": input.accessKey,
      "x-ncp-apigw-signature-v2": signatureOf(stringToSign(input), key),
      "Content-Type": "application/json",
    };
  };
}
