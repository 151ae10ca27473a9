import { WscError } from "@wsc-dashboard/wsc-core";
import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { JwtSettings } from "../config/auth-settings.ts";
import { createAlbKeys } from "./alb-keys.ts";
import { groupsIn, rolesFor, rolesOf } from "./groups.ts";
import type { Identity, User } from "./identity.ts";
import { createKeySet, type KeySetOptions } from "./key-set.ts";
import { labelOf, subjectId } from "./names.ts";

const maxLength = 16_384;
const toleranceSeconds = 30;
/** Header members by which a token could choose its own key or rules. */
const ownRules = ["jku", "jwk", "x5u", "x5c", "crit", "b64", "zip"];

/** Tokens of other kinds have another `typ`; an assertion has "JWT" or none. */
const isAssertionType = (typ: unknown): boolean =>
  typ === undefined || (typeof typ === "string" && typ.toLowerCase() === "jwt");

function refuse(reason: string): never {
  throw new WscError("SESSION_REQUIRED", reason);
}

/** Identity from the proxy's assertion: a JWT in one header, verified on each request with the keys at the configured address. */
export function createJwtIdentity(settings: JwtSettings, source: Omit<KeySetOptions, "url">): Identity {
  const { keys, issuer, audience, maxAgeMs } = settings;
  const isAlb = keys.signer !== null;
  const findKey: JWTVerifyGetKey = (isAlb ? createAlbKeys : createKeySet)({ ...source, url: keys.url });
  const headerName = settings.header.toLowerCase();

  function checkHeader(token: string): void {
    const header = decodeProtectedHeader(token);
    const own = ownRules.filter((name) => Object.hasOwn(header, name));
    if (own.length > 0) refuse(`the assertion brings ${own.join(", ")}`);
    if (typeof header.kid !== "string" || header.kid === "" || header.kid.length > 256)
      refuse("the assertion names no key");
    if (!isAssertionType(header.typ)) refuse("the assertion is a token of another kind");
    // A load balancer names itself in the header, which the signature covers.
    if (isAlb && (header.signer !== keys.signer || header.client !== audience || header.iss !== issuer)) {
      refuse("the assertion is of another load balancer");
    }
  }

  function checkClaims({ aud, azp, exp, iat, events }: JWTPayload): void {
    const nowSeconds = source.now() / 1000;
    if (events !== undefined) refuse("the assertion is a logout token");
    if (Array.isArray(aud) && aud.length > 1 && azp !== undefined && azp !== audience) {
      refuse("the assertion was given to another party");
    }
    if (typeof exp !== "number" || exp - (iat ?? nowSeconds) > maxAgeMs / 1000) refuse("the assertion lives too long");
  }

  async function verify(token: string): Promise<JWTPayload> {
    const { payload, protectedHeader } = await jwtVerify(token, findKey, {
      algorithms: [...settings.algorithms],
      clockTolerance: toleranceSeconds,
      currentDate: new Date(source.now()),
      ...(isAlb
        ? { requiredClaims: ["sub"] }
        : { issuer, audience, requiredClaims: ["exp", "iat", "sub"], maxTokenAge: maxAgeMs / 1000 }),
    });
    const claims = isAlb ? balancerClaims(payload, protectedHeader.exp) : payload;
    checkClaims(claims);
    return claims;
  }

  /** A load balancer forwards the provider's userinfo; issuer and expiry are in the header, and may be in the payload as well. */
  function balancerClaims(payload: JWTPayload, end: unknown): JWTPayload {
    if (payload.iss !== undefined && payload.iss !== issuer) refuse("the assertion is of another issuer");
    const ends = [payload.exp, end].filter((exp) => exp !== undefined);
    if (ends.length === 0 || !ends.every((exp) => typeof exp === "number")) refuse("the assertion has no end");
    const exp = ends.reduce((first, end) => Math.min(first, end));
    if (exp + toleranceSeconds <= source.now() / 1000) refuse("the assertion has ended");
    return { ...payload, exp };
  }

  async function userOf(token: string): Promise<User> {
    checkHeader(token);
    const claims = await verify(token);
    const id = subjectId(issuer, claims.sub);
    const person = { id, name: labelOf(claims, claims.sub ?? "") };
    const roles = rolesFor(person, () => rolesOf(groupsIn(claims, settings.groupsClaim) ?? [], settings.roleMap));
    return { ...person, roles, endsAt: (claims.exp ?? 0) * 1000 };
  }

  return {
    signIn: { startUrl: null, end: settings.signOutUrl === null ? null : { kind: "link", url: settings.signOutUrl } },
    claims: (request) => request.headersDistinct[headerName] !== undefined,
    async identify(request) {
      const [token, ...more] = request.headersDistinct[headerName] ?? [];
      if (token === undefined) refuse("the assertion header is missing");
      if (more.length > 0) refuse("the assertion header came more than once");
      if (token.length > maxLength) refuse("the assertion is too long");
      try {
        return await userOf(token);
      } catch (error) {
        if (error instanceof WscError) throw error;
        // A JOSEError names the claim at fault; any other error means that the header holds no token.
        return refuse(error instanceof errors.JOSEError ? `the assertion is refused (${error.code})` : "no assertion");
      }
    },
  };
}
