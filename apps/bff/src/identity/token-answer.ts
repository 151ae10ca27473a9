import { WscError } from "@wsc-dashboard/wsc-core";
import { decodeProtectedHeader } from "jose";
import * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";
import { groupsIn } from "./groups.ts";
import { errorInAnswer, isOutage, refusalBy } from "./provider-errors.ts";
import type { SessionTokens } from "./session-tokens.ts";

export interface ProviderAnswer {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly groups: readonly string[] | null;
  readonly tokens: SessionTokens;
}

/** The error for a failed call to the token endpoint or userinfo. */
export async function refusalOfCall(error: unknown): Promise<WscError> {
  if (error instanceof WscError) return error;
  if (isOutage(error)) return new WscError("IDENTITY_UNAVAILABLE", "the provider does not answer", { cause: error });
  const provider = await errorInAnswer(error);
  if (provider !== null) return refusalBy(provider, " at its token endpoint");
  return new WscError("SIGN_IN_REFUSED", "the provider's answer does not hold", { cause: error });
}

/** Groups in the claims; an unreadable claim counts as no groups. */
function claimedGroups(
  claims: Readonly<Record<string, unknown>>,
  claim: string,
): readonly string[] | "missing" | "too many" {
  try {
    return groupsIn(claims, claim) ?? "missing";
  } catch (error) {
    return error instanceof WscError && error.code === "GROUPS_OVERAGE" ? "too many" : [];
  }
}

/** Reads the claims of a token response; groups come from there or from userinfo. */
export async function readTokenAnswer(
  { algorithms, groupsClaim }: Pick<OidcSettings, "algorithms" | "groupsClaim">,
  config: client.Configuration,
  tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers,
  expectedSubject: string,
  earlier: SessionTokens | null,
): Promise<ProviderAnswer> {
  const idToken = tokens.id_token;
  if (idToken !== undefined && !algorithms.includes(String(decodeProtectedHeader(idToken).alg))) {
    throw new WscError("SIGN_IN_REFUSED", "the ID token is signed with an algorithm that is not accepted");
  }
  let claims: Readonly<Record<string, unknown>> = tokens.claims() ?? {};
  if (claimedGroups(claims, groupsClaim) === "missing" && config.serverMetadata().userinfo_endpoint !== undefined) {
    claims = { ...(await client.fetchUserInfo(config, tokens.access_token, expectedSubject)), ...claims };
  }
  const groups = claimedGroups(claims, groupsClaim);
  return {
    claims,
    groups: groups === "too many" ? null : groups === "missing" ? [] : groups,
    tokens: {
      idToken: idToken ?? earlier?.idToken ?? "",
      refreshToken: tokens.refresh_token ?? earlier?.refreshToken ?? null,
    },
  };
}
