import { WscError } from "@wsc-dashboard/wsc-core";
import { type CryptoKey, errors, importSPKI, type JWTVerifyGetKey } from "jose";
import { HttpStatusError } from "./bounded-fetch.ts";
import type { KeySetOptions } from "./key-set.ts";

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const maxKeys = 16;
const maxMissing = 1000;
const missingMs = 300_000;
const windowMs = 60_000;
const maxFetches = 10;

/** Sets an entry as the newest; evicts the oldest when there are more than `max`. */
function keepNewest<Value>(map: Map<string, Value>, key: string, value: Value, max: number): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > max && oldest !== undefined) map.delete(oldest);
}

/**
 * Public keys of an AWS load balancer, each at its own URL that contains the key id. The id comes from an unverified token, so it
 * must be a UUID; an unknown id is not requested again for five minutes, and at most ten requests are sent per minute. Concurrent
 * callers share the request for a key.
 */
export function createAlbKeys({ url, fetchText, now }: KeySetOptions): JWTVerifyGetKey {
  const known = new Map<string, CryptoKey>();
  const missing = new Map<string, number>();
  const underWay = new Map<string, Promise<CryptoKey>>();
  let fetches: number[] = [];

  async function ask(kid: string): Promise<CryptoKey> {
    try {
      const key = await importSPKI(await fetchText(`${url.replace(/\/$/, "")}/${kid}`), "ES256");
      keepNewest(known, kid, key, maxKeys);
      return key;
    } catch (cause) {
      // The key service responds with 403 or 404 to an unknown id.
      if (!(cause instanceof HttpStatusError && (cause.status === 404 || cause.status === 403))) {
        throw new WscError("IDENTITY_UNAVAILABLE", "the load balancer's key cannot be read", { cause });
      }
      keepNewest(missing, kid, now(), maxMissing);
      throw new errors.JWKSNoMatchingKey();
    }
  }

  return async ({ kid = "" }) => {
    if (!uuid.test(kid)) throw new errors.JWKSNoMatchingKey();
    const ready = known.get(kid) ?? underWay.get(kid);
    if (ready !== undefined) return ready;
    if (now() - (missing.get(kid) ?? Number.NEGATIVE_INFINITY) < missingMs) throw new errors.JWKSNoMatchingKey();
    fetches = fetches.filter((at) => now() - at < windowMs);
    if (fetches.length >= maxFetches) throw new errors.JWKSNoMatchingKey();
    fetches.push(now());
    const asked = ask(kid).finally(() => underWay.delete(kid));
    underWay.set(kid, asked);
    return asked;
  };
}
