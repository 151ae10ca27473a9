import { type AuthMode, WscError } from "@wsc-dashboard/wsc-core";
import type { Request } from "express";
import { LRUCache } from "lru-cache";
import type { Identity, User } from "../identity/identity.ts";
import { createAttemptLimit } from "./attempt-limit.ts";
import { type TokenStore, tokenStateOf, tokenTargetsOf } from "./token-store.ts";
import { isTokenText, tokenHashOf } from "./token-text.ts";

/** Cache of valid token hashes: failed attempts by others from the same address do not lock these tokens out. */
const maxKnownGood = 1_000;
const attemptLimits = { burst: 30, refillMs: 1_000, maxAddresses: 10_000 };

const bearerShape = /^bearer +([^ ].*)?$/i;

/** Identity of requests with a service token; the token itself is never exposed. */
export interface TokenIdentity extends Identity {
  /** Whether a request has a service token; then all other credentials are ignored. */
  presents(request: Request): boolean;
}

interface TokenIdentityParts {
  /** Authentication of requests without a token. */
  readonly people: Identity;
  readonly tokens: Pick<TokenStore, "find" | "touch">;
  readonly mode: AuthMode;
  readonly addressOf: (request: Request) => string;
  readonly onTouchFailed: (error: unknown) => void;
  readonly now: () => number;
}

/** `actor`: id of the token, if it exists or existed. */
function refuse(reason: string, actor?: string): never {
  throw new WscError("TOKEN_INVALID", reason, actor === undefined ? {} : { actor });
}

/**
 * Authenticates a request by the service token in `Authorization: Bearer` only, if it has one; else as a person. Throws
 * TOKEN_INVALID, TOKEN_ATTEMPTS_EXHAUSTED, and the errors of the identity for people.
 */
export function createTokenIdentity(parts: TokenIdentityParts): TokenIdentity {
  const { people, tokens, mode, addressOf, onTouchFailed, now } = parts;
  const attempts = createAttemptLimit({ ...attemptLimits, now });
  const knownGood = new LRUCache<string, true>({ max: maxKnownGood });
  // An authenticating proxy may forward a bearer token of its own provider, which is ignored.
  const isBehindProxy = mode === "header" || mode === "jwt";

  /** The values after "Bearer" in all Authorization headers that may be service tokens. */
  function presented(request: Request): string[] {
    return (request.headersDistinct.authorization ?? []).flatMap((value) => {
      const text = bearerShape.exec(value)?.[1];
      return text === undefined || (isBehindProxy && !text.startsWith("wsc_")) ? [] : [text];
    });
  }

  /** The user of a token. A failure costs an attempt, but an expired or revoked token does not count as a guess. */
  async function holderOf(text: string, address: string): Promise<User> {
    const hash = tokenHashOf(text);
    const wait = knownGood.has(hash) ? null : attempts.take(address);
    if (wait !== null) {
      throw new WscError("TOKEN_ATTEMPTS_EXHAUSTED", "too many tokens of this address were not valid", {
        retryAfter: wait,
      });
    }
    if (!isTokenText(text)) refuse("the token has not the form of a service token");
    const row = await tokens.find(text);
    if (row === undefined) refuse("the token is unknown");
    attempts.giveBack(address);
    const id = `token:${row.id}`;
    const state = tokenStateOf(row, now());
    if (state !== "active") {
      knownGood.delete(hash);
      refuse(`the token is ${state}`, id);
    }
    knownGood.set(hash, true);
    await tokens.touch(row, now()).catch(onTouchFailed);
    return {
      id,
      name: row.name,
      roles: [row.role],
      endsAt: Number(row.expires_at),
      token: { targets: tokenTargetsOf(row) },
    };
  }

  return {
    signIn: people.signIn,
    presents: (request) => presented(request).length > 0,
    claims: (request) => presented(request).length > 0 || people.claims(request),
    async identify(request, response) {
      const [text, ...more] = presented(request);
      if (text === undefined) return people.identify(request, response);
      if (more.length > 0) refuse("more than one token came");
      return holderOf(text, addressOf(request));
    },
  };
}
