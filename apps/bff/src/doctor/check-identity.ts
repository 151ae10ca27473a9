import type { JwtSettings, OidcSettings } from "../config/auth-settings.ts";
import type { Config } from "../config/config.ts";
import { boundedFetch } from "../identity/bounded-fetch.ts";
import { probeClient } from "../identity/probe-client.ts";
import { createProviderConfiguration } from "../identity/provider-configuration.ts";
import { adviceForConnection, codesOf, type Finding, ok, problem, skipped, warning } from "./finding.ts";

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "unknown reason").slice(0, 400);

async function checkProvider(settings: OidcSettings, now: () => number): Promise<Finding> {
  try {
    await createProviderConfiguration(settings, now)();
  } catch (error) {
    const advice = adviceForConnection(codesOf(error)) ?? "set WSC_AUTH_ISSUER to the issuer that the provider names";
    return problem("identity", messageOf(error), advice);
  }
  const answer = await probeClient(settings).catch(() => null);
  if (answer === "invalid_client" || answer === "unauthorized_client") {
    return problem(
      "identity",
      `the provider does not accept the client (${answer})`,
      "correct WSC_OIDC_CLIENT_ID and WSC_OIDC_CLIENT_SECRET; with special characters in the secret try WSC_OIDC_CLIENT_AUTH=post",
    );
  }
  return answer === "invalid_grant"
    ? ok("identity", "the provider describes itself and knows the client")
    : warning(
        "identity",
        "the provider describes itself, but does not tell whether it knows the client",
        "sign in once",
      );
}

async function checkKeySet({ keys }: JwtSettings): Promise<Finding> {
  if (keys.signer !== null) return skipped("identity", "a load balancer's keys are fetched one by one");
  try {
    const set = JSON.parse(await boundedFetch(keys.url)) as { keys?: unknown };
    if (Array.isArray(set.keys) && set.keys.length > 0) return ok("identity", `${set.keys.length} signing keys`);
    return problem(
      "identity",
      "WSC_AUTH_JWKS_URL answers without keys",
      "correct the address: it is that of a JWK set",
    );
  } catch (error) {
    const advice = adviceForConnection(codesOf(error)) ?? "correct WSC_AUTH_JWKS_URL: it is that of a JWK set";
    // The message of a SyntaxError quotes the answer.
    const reason = error instanceof SyntaxError ? "the answer is not JSON" : messageOf(error);
    return problem("identity", `WSC_AUTH_JWKS_URL cannot be read (${reason})`, advice);
  }
}

/** Checks authentication in the configured mode. */
export async function checkIdentity({ auth }: Config, now: () => number): Promise<Finding> {
  if (auth.mode === "oidc") return checkProvider(auth, now);
  if (auth.mode === "jwt") return checkKeySet(auth);
  if (auth.mode === "dev")
    return warning("identity", "requests are not authenticated (dev mode)", "for development alone");
  return skipped("identity", "the proxy says who people are");
}
