import { type JWTVerifyGetKey, jwtVerify } from "jose";

/** The sessions that have ended at the provider. */
export interface LogoutNotice {
  readonly sub: string | null;
  /** The provider's session id. */
  readonly sid: string | null;
  readonly jti: string;
  /** Until when the token could be replayed, in milliseconds since the epoch. */
  readonly until: number;
}

export interface LogoutTokenParts {
  readonly keys: JWTVerifyGetKey;
  /** As spelled in the provider's discovery document. */
  readonly issuer: string;
  readonly clientId: string;
  readonly algorithms: readonly string[];
  readonly now: () => number;
}

const logoutEvent = "http://schemas.openid.net/event/backchannel-logout";
const maxAgeSeconds = 120;
const toleranceSeconds = 30;
/** `logout+jwt` is only recommended (section 2.4): some providers send `JWT`, or nothing. The event identifies the token. */
const types: ReadonlySet<string> = new Set(["logout+jwt", "application/logout+jwt", "jwt", "application/jwt"]);

const isType = (typ: unknown): boolean =>
  typ === undefined || (typeof typ === "string" && types.has(typ.toLowerCase()));

/** Reads and verifies a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6). Throws when it is invalid. */
export async function readLogoutToken(token: string, parts: LogoutTokenParts): Promise<LogoutNotice> {
  const { keys, issuer, clientId, algorithms, now } = parts;
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    algorithms: [...algorithms],
    requiredClaims: ["iat", "jti", "events"],
    maxTokenAge: maxAgeSeconds,
    clockTolerance: toleranceSeconds,
    currentDate: new Date(now()),
  });
  const { events, nonce, sub, sid, jti } = payload;
  if (!isType(protectedHeader.typ)) throw new Error("a token of another type");
  const isLogout = typeof events === "object" && events !== null && Object.hasOwn(events, logoutEvent);
  if (!isLogout || nonce !== undefined || typeof jti !== "string") throw new Error("not a logout token");
  const who = { sub: sub ?? null, sid: typeof sid === "string" ? sid : null };
  if (who.sub === null && who.sid === null) throw new Error("a logout token without subject and session");
  return { ...who, jti, until: now() + 2 * maxAgeSeconds * 1000 };
}
