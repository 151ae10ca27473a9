import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/*
 * Written independently from docs/upstream-api.md section 4: the signer of wsc-core is deliberately not imported, so that a
 * mistake in one is refused by the other instead of shared by both.
 */

export interface Keys {
  readonly accessKey: string;
  readonly secretKey: string;
}

const missing = "Authentication information are missing.";
const invalid = "Invalid authentication information.";

/** Hashing first makes the lengths equal, so that the comparison is constant-time for every wrong value. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text, "utf8").digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/**
 * Returns why a request is not authentic, in the gateway's words, or `null` if it is. `url` is the request target exactly as
 * received, with the query; `now` is gateway time in milliseconds. A difference of `validityMs` is already refused.
 */
export function refusalOf(
  { method, url, headers }: { method: string; url: string; headers: IncomingHttpHeaders },
  { accessKey, secretKey }: Keys,
  now: number,
  validityMs: number,
): string | null {
  const timestamp = headers["x-ncp-apigw-timestamp"];
  const key = headers["x-ncp-iam-access-key"];
  const signature = headers["x-ncp-apigw-signature-v2"];
  if (typeof timestamp !== "string" || typeof key !== "string" || typeof signature !== "string") return missing;
  if (timestamp === "" || key === "" || signature === "") return missing;

  const expected = createHmac("sha256", secretKey)
    .update(`${method} ${url}\n${timestamp}\n${accessKey}`)
    .digest("base64");
  const isKeyRight = isSame(key, accessKey);
  const isSignatureRight = isSame(signature, expected);
  const isInTime = /^[0-9]{1,15}$/.test(timestamp) && Math.abs(now - Number(timestamp)) < validityMs;
  return isKeyRight && isSignatureRight && isInTime ? null : invalid;
}
