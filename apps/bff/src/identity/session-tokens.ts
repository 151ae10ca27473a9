import type { KeyRing } from "../database/keys.ts";
import { sealedColumns } from "../database/sealed-values.ts";

/** The provider's tokens of a session; encrypted at rest, never shown. */
export interface SessionTokens {
  readonly idToken: string;
  /** Without it the groups cannot be refreshed. */
  readonly refreshToken: string | null;
}

const { placeOf } = sealedColumns.sessions;

/** Encrypts the tokens for the session row with this id hash. */
export function sealTokens(ring: KeyRing, idHash: string, tokens: SessionTokens): string {
  return ring.seal(JSON.stringify(tokens), placeOf(idHash));
}

/** Throws SealBroken when no key of the ring decrypts them. */
export function openTokens(ring: KeyRing, idHash: string, sealed: string): SessionTokens {
  return JSON.parse(ring.open(sealed, placeOf(idHash))) as SessionTokens;
}
