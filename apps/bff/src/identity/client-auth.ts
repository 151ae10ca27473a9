import type { Secret } from "@wsc-dashboard/wsc-core/node";
import * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";

/** As application/x-www-form-urlencoded (RFC 6749, section 2.3.1): letters, digits and `*-._` stay as they are. */
const formEncoded = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);

/**
 * HTTP Basic. Nothing is encoded that need not be: providers that compare without decoding still take ids and secrets of
 * letters, digits, `-`, `_` and `.`.
 */
function basic(secret: Secret): client.ClientAuth {
  return (_server, { client_id: id }, _body, headers) => {
    const credentials = `${formEncoded(id)}:${formEncoded(secret.reveal())}`;
    headers.set("authorization", `Basic ${Buffer.from(credentials).toString("base64")}`);
  };
}

/** Which way the provider announces; `basic` when it announces none (OpenID Connect Discovery 1.0, section 3); null: no way of ours. */
export function announcedMethod(methods: unknown, secret: string): "basic" | "post" | null {
  const announced = typeof methods === "string" ? methods.split(/[\s,]+/) : methods;
  if (!Array.isArray(announced)) return "basic";
  const hasPost = announced.includes("client_secret_post");
  if (!announced.includes("client_secret_basic")) return hasPost ? "post" : null;
  // Basic would have to encode it, and not every provider decodes.
  return hasPost && formEncoded(secret) !== secret ? "post" : "basic";
}

/** How the dashboard proves at the provider's endpoints that it is this client. */
export function clientAuthOf({
  clientAuth,
  clientSecret,
}: Pick<OidcSettings, "clientAuth" | "clientSecret">): client.ClientAuth {
  const ways = { basic: basic(clientSecret), post: client.ClientSecretPost(clientSecret.reveal()) };
  return (server, metadata, body, headers) => {
    const announced: unknown = server.token_endpoint_auth_methods_supported;
    const method = clientAuth === "auto" ? announcedMethod(announced, clientSecret.reveal()) : clientAuth;
    // Checked before anybody is sent to the provider.
    ways[method ?? "basic"](server, metadata, body, headers);
  };
}
