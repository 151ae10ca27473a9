import { WscError } from "@wsc-dashboard/wsc-core";
import { type CryptoKey, errors, importSPKI, type JWTVerifyGetKey } from "jose";
import type { KeySetOptions } from "./key-set.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const mostKeys = 16;
const windowMs = 60_000;
const mostFetches = 2;

/**
 * Keys of an AWS load balancer: each has an address of its own, made of its id. The id comes from a token nobody has
 * vouched for yet, so it must be a UUID, and at most two are asked for in a minute.
 */
export function createAlbKeys({ url, fetchText, now }: KeySetOptions): JWTVerifyGetKey {
  const known = new Map<string, CryptoKey>();
  let fetches: number[] = [];
  return async ({ kid = "" }) => {
    if (!uuid.test(kid)) throw new errors.JWKSNoMatchingKey();
    const key = known.get(kid);
    if (key !== undefined) return key;
    fetches = fetches.filter((at) => now() - at < windowMs);
    if (fetches.length >= mostFetches) throw new errors.JWKSNoMatchingKey();
    fetches.push(now());
    const text = await fetchText(`${url.replace(/\/$/, "")}/${kid}`).catch((cause: unknown) => {
      throw new WscError("IDENTITY_UNAVAILABLE", "the load balancer's key cannot be read", { cause });
    });
    const fresh = await importSPKI(text, "ES256");
    const [oldest] = known.keys();
    if (known.size >= mostKeys && oldest !== undefined) known.delete(oldest);
    known.set(kid, fresh);
    return fresh;
  };
}
