import type { AuthSettings } from "../config/auth-settings.ts";
import { boundedFetch } from "./bounded-fetch.ts";
import { createDevIdentity } from "./dev.ts";
import { createHeaderIdentity } from "./header.ts";
import type { Identity } from "./identity.ts";
import { createJwtIdentity } from "./jwt.ts";

/** The one identity of this server. */
export function createIdentity(settings: AuthSettings, now: () => number): Identity {
  switch (settings.mode) {
    case "dev":
      return createDevIdentity();
    case "jwt":
      return createJwtIdentity(settings, { fetchText: boundedFetch, now });
    case "header":
      return createHeaderIdentity(settings);
    case "oidc":
      throw new Error("unreachable until oidc");
  }
}
