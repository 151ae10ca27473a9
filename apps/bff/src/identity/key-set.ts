import { WscError } from "@wsc-dashboard/wsc-core";
import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from "jose";

export interface KeySetOptions {
  readonly url: string;
  readonly fetchText: (url: string) => Promise<string>;
  readonly now: () => number;
}

const freshMs = 10 * 60_000;
const pauseMs = 30_000;
const lastGoodMs = 24 * 3_600_000;

/**
 * Public keys at a fixed address, which no token can change. Refreshed after ten minutes, or for an unknown key id, but at most
 * once in 30 seconds, so that made-up ids cause few requests. If refreshing fails, the last good keys are valid for a day.
 */
export function createKeySet({ url, fetchText, now }: KeySetOptions): JWTVerifyGetKey {
  let keys: { readonly find: JWTVerifyGetKey; readonly at: number } | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | null = null;
  let lastError: unknown = null;

  async function renew(): Promise<void> {
    askedAt = now();
    try {
      const find = createLocalJWKSet(JSON.parse(await fetchText(url)) as JSONWebKeySet);
      keys = { find, at: now() };
      lastError = null;
    } catch (error) {
      lastError = error;
    }
  }

  async function renewWhenAllowed(): Promise<void> {
    if (underWay === null) {
      if (now() - askedAt < pauseMs) return;
      underWay = renew().finally(() => {
        underWay = null;
      });
    }
    await underWay;
  }

  function current(): JWTVerifyGetKey {
    if (keys !== null && now() - keys.at < lastGoodMs) return keys.find;
    throw new WscError("IDENTITY_UNAVAILABLE", "the signing keys cannot be read", { cause: lastError });
  }

  return async (header, token) => {
    if (keys === null || now() - keys.at >= freshMs) await renewWhenAllowed();
    try {
      return await current()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await renewWhenAllowed();
      return current()(header, token);
    }
  };
}
