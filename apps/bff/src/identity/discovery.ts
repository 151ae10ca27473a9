import * as client from "openid-client";

const timeoutSeconds = 3;
const wellKnown = "/.well-known/openid-configuration";

const withoutSlash = (address: string): string => address.replace(/\/$/, "");

/** The issuer that an address of WSC_AUTH_ISSUER means, without a final slash; `isDocument`: it is the description's own address. */
function expectedIssuer(address: string): { readonly issuer: string; readonly isDocument: boolean } {
  const path = withoutSlash(address);
  return path.endsWith(wellKnown)
    ? { issuer: withoutSlash(path.slice(0, -wellKnown.length)), isDocument: true }
    : { issuer: path, isDocument: false };
}

/**
 * The provider's description. The issuer of all tokens is the one that stands in it: the setting may differ from it by a
 * final slash, or be the description's own address, and in nothing else (OpenID Connect Discovery 1.0, section 4.3).
 */
export async function discover(
  address: string,
  clientId: string,
  auth: client.ClientAuth,
): Promise<client.Configuration> {
  const { issuer, isDocument } = expectedIssuer(address);
  const options: client.DiscoveryRequestOptions = {
    timeout: timeoutSeconds,
    // Configuration allows http on this machine only.
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
  // By the document's own address the library compares nothing.
  const config = await find(`${issuer}${wellKnown}`);
  const told = config.serverMetadata().issuer;
  if (withoutSlash(told) === issuer) return config;
  throw new Error(
    `its issuer is ${told.slice(0, 300)}, and WSC_AUTH_ISSUER is ${address}: set it to what the provider says`,
  );
}
