import * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";
import { clientAuthOf } from "./client-auth.ts";
import { discover } from "./discovery.ts";
import { errorInAnswer } from "./provider-errors.ts";

/** An invalid code; the error tells whether the provider knows the client. */
const noCode = "wsc-doctor";

/**
 * The provider's error code for a made-up authorization code, e.g. invalid_grant (it knows the client) or invalid_client; `null`
 * when there is none.
 */
export async function probeClient(settings: OidcSettings): Promise<string | null> {
  const config = await discover(settings.issuer, settings.clientId, clientAuthOf(settings));
  try {
    await client.genericGrantRequest(config, "authorization_code", {
      code: noCode,
      redirect_uri: `${settings.publicOrigin}/auth/callback`,
      code_verifier: client.randomPKCECodeVerifier(),
    });
    return null;
  } catch (error) {
    return (await errorInAnswer(error))?.error ?? null;
  }
}
