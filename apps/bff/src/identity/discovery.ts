import * as client from "openid-client";

const timeoutSeconds = 3;
const wellKnown = "/.well-known/openid-configuration";

const withoutSlash = (address: string): string => address.replace(/\/$/, "");

/** The issuer that WSC_AUTH_ISSUER means, without a trailing slash; `isDocument`: it is the URL of the discovery document. */
function expectedIssuer(address: string): { readonly issuer: string; readonly isDocument: boolean } {
  const path = withoutSlash(address);
  return path.endsWith(wellKnown)
    ? { issuer: withoutSlash(path.slice(0, -wellKnown.length)), isDocument: true }
    : { issuer: path, isDocument: false };
}

/**
 * Reads the provider's discovery document. Its issuer is the issuer of all tokens: the setting may differ from it only by a
 * trailing slash, or be the document's URL (OpenID Connect Discovery 1.0, section 4.3).
 */
export async function discover(
  address: string,
  clientId: string,
  auth: client.ClientAuth,
): Promise<client.Configuration> {
  const { issuer, isDocument } = expectedIssuer(address);
  const options: client.DiscoveryRequestOptions = {
    timeout: timeoutSeconds,
    // The configuration allows http for loopback addresses only.
    execute: [
      client.enableNonRepudiationChecks,
      ...(address.startsWith("http:") ? [client.allowInsecureRequests] : []),
    ],
  };
  const find = (url: string): Promise<client.Configuration> =>
    client.discovery(new URL(url), clientId, {}, auth, options);
  if (!isDocument) {
    const found = await find(address).catch((error: unknown) => {
      if (error instanceof client.ClientError && error.code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED") return null;
      throw error;
    });
    if (found !== null) return found;
  }
  // Given the document's URL, the library does not compare issuers.
  const config = await find(`${issuer}${wellKnown}`);
  const told = config.serverMetadata().issuer;
  if (withoutSlash(told) === issuer) return config;
  throw new Error(
    `its issuer is ${told.slice(0, 300)}, and WSC_AUTH_ISSUER is ${address}: set it to what the provider says`,
  );
}
