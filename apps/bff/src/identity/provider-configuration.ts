import { WscError } from "@wsc-dashboard/wsc-core";
import type * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";
import { announcedMethod, clientAuthOf } from "./client-auth.ts";
import { discover } from "./discovery.ts";

const retryMs = 5000;

async function describe(settings: OidcSettings): Promise<client.Configuration> {
  const config = await discover(settings.issuer, settings.clientId, clientAuthOf(settings));
  const announced: unknown = config.serverMetadata().token_endpoint_auth_methods_supported;
  if (settings.clientAuth === "auto" && announcedMethod(announced, settings.clientSecret.reveal()) === null) {
    throw new Error(
      "it announces neither client_secret_basic nor client_secret_post; WSC_OIDC_CLIENT_AUTH sends one of them all the same",
    );
  }
  return config;
}

/**
 * Reads the provider's discovery document on first use and keeps it, so that the start does not depend on the provider. After a
 * failure, retries after `retryMs` at the earliest. Fails with IDENTITY_UNAVAILABLE.
 */
export function createProviderConfiguration(
  settings: OidcSettings,
  now: () => number,
): () => Promise<client.Configuration> {
  let found: Promise<client.Configuration> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  let reason = "";

  return () => {
    if (found !== null) return found;
    if (now() - failedAt < retryMs) {
      throw new WscError("IDENTITY_UNAVAILABLE", `the provider could not be asked for its description: ${reason}`);
    }
    found = describe(settings).catch((cause: unknown) => {
      found = null;
      failedAt = now();
      reason = cause instanceof Error ? cause.message : "unknown reason";
      throw new WscError("IDENTITY_UNAVAILABLE", `the provider's own description cannot be used: ${reason}`, { cause });
    });
    return found;
  };
}
