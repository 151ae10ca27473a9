import type { AuthSettings, OidcSettings } from "../config/auth-settings.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { createDevIdentity } from "./dev.ts";
import { createHeaderIdentity } from "./header.ts";
import type { Identity } from "./identity.ts";
import { createJwtIdentity } from "./jwt.ts";

/** Creates the identity for the modes in which each request is authenticated separately. */
export function createIdentity(settings: Exclude<AuthSettings, OidcSettings>, now: () => number): Identity {
  switch (settings.mode) {
    case "dev":
      return createDevIdentity();
    case "jwt":
      return createJwtIdentity(settings, { fetchText: boundedFetch, now });
    case "header":
      return createHeaderIdentity(settings);
  }
}
