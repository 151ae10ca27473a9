import { type AuthMode, WscError } from "@wsc-dashboard/wsc-core";
import type { Request } from "express";
import { LRUCache } from "lru-cache";
import type { Identity, User } from "../identity/identity.ts";
import { createAttemptLimit } from "./attempt-limit.ts";
import { type TokenStore, tokenStateOf, tokenTargetsOf } from "./token-store.ts";
import { isTokenText, tokenHashOf } from "./token-text.ts";

/** Texts that were good in this process, by hash: whoever attacks from the same address does not lock them out. */
const maxKnownGood = 1_000;
const attemptLimits = { burst: 30, refillMs: 1_000, maxAddresses: 10_000 };

const bearerShape = /^bearer +([^ ].*)?$/i;

/** Of a request with a service token; what it presents is not told. */
export interface TokenIdentity extends Identity {
  /** Whether a request brings a service token, so that nothing else of it says who asks. */
  presents(request: Request): boolean;
}

interface TokenIdentityParts {
  /** Who asks when no token is presented. */
  readonly people: Identity;
  readonly tokens: Pick<TokenStore, "find" | "touch">;
  readonly mode: AuthMode;
  readonly addressOf: (request: Request) => string;
  readonly onTouchFailed: (error: unknown) => void;
  readonly now: () => number;
}

/** `actor`: whose token it was, when there is or was one. */
function refuse(reason: string, actor?: string): never {
  throw new WscError("TOKEN_INVALID", reason, actor === undefined ? {} : { actor });
}

/**
 * Who asks, by a service token in `Authorization: Bearer` where a request has one, and by nothing else of that request then; else by the
 * sign-in of people. Throws TOKEN_INVALID, TOKEN_ATTEMPTS_EXHAUSTED, and what the identity of people throws.
 */
export function createTokenIdentity(parts: TokenIdentityParts): TokenIdentity {
  const { people, tokens, mode, addressOf, onTouchFailed, now } = parts;
  const attempts = createAttemptLimit({ ...attemptLimits, now });
  const knownGood = new LRUCache<string, true>({ max: maxKnownGood });
  // A proxy that signs people in may hand on a bearer token of its own provider, which says nothing here.
  const isBehindProxy = mode === "header" || mode === "jwt";

  /** What stands behind "Bearer" in each of the Authorization headers, as far as it can be a service token. */
  function presented(request: Request): string[] {
    return (request.headersDistinct.authorization ?? []).flatMap((value) => {
      const text = bearerShape.exec(value)?.[1];
      return text === undefined || (isBehindProxy && !text.startsWith("wsc_")) ? [] : [text];
    });
  }

  /** The one who holds the text. Failing costs an attempt, but a token that has ended is no guess. */
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
