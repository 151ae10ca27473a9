import * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";
import { clientAuthOf } from "./client-auth.ts";
import { discover } from "./discovery.ts";
import { errorInAnswer } from "./provider-errors.ts";

/** An invalid code: the provider refuses it, and the error tells whether it knows the client. */
const noCode = "wsc-doctor";

/** What the provider says to a made-up code, such as invalid_grant (it knows the client) or invalid_client; `null`: nothing readable. */
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
