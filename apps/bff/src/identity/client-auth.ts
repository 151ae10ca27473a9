import type { Secret } from "@wsc-dashboard/wsc-core/node";
import * as client from "openid-client";
import type { OidcSettings } from "../config/auth-settings.ts";

/** Encodes as application/x-www-form-urlencoded (RFC 6749, section 2.3.1): letters, digits and `*-._` stay unchanged. */
const formEncoded = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);

/**
 * HTTP Basic. Encodes no more than necessary: providers that compare without decoding still accept ids and secrets of letters,
 * digits, `-`, `_` and `.`.
 */
function basic(secret: Secret): client.ClientAuth {
  return (_server, { client_id: id }, _body, headers) => {
    const credentials = `${formEncoded(id)}:${formEncoded(secret.reveal())}`;
    headers.set("authorization", `Basic ${Buffer.from(credentials).toString("base64")}`);
  };
}

/**
 * The method that the provider announces; `basic` if it announces none (OpenID Connect Discovery 1.0, section 3); `null` if we
 * support none.
 */
export function announcedMethod(methods: unknown, secret: string): "basic" | "post" | null {
  const announced = typeof methods === "string" ? methods.split(/[\s,]+/) : methods;
  if (!Array.isArray(announced)) return "basic";
  const hasPost = announced.includes("client_secret_post");
  if (!announced.includes("client_secret_basic")) return hasPost ? "post" : null;
  // Basic would have to encode the secret, and not every provider decodes.
  return hasPost && formEncoded(secret) !== secret ? "post" : "basic";
}

/** Client authentication at the provider's endpoints. */
export function clientAuthOf({
  clientAuth,
  clientSecret,
}: Pick<OidcSettings, "clientAuth" | "clientSecret">): client.ClientAuth {
  const ways = { basic: basic(clientSecret), post: client.ClientSecretPost(clientSecret.reveal()) };
  return (server, metadata, body, headers) => {
    const announced: unknown = server.token_endpoint_auth_methods_supported;
    const method = clientAuth === "auto" ? announcedMethod(announced, clientSecret.reveal()) : clientAuth;
    // An unsupported method is rejected before anybody is sent to the provider.
    ways[method ?? "basic"](server, metadata, body, headers);
  };
}
