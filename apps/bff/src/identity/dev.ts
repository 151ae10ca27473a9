import { roles, WscError } from "@wsc-dashboard/wsc-core";
import { cookieValues } from "./cookies.ts";
import type { Identity } from "./identity.ts";

const personaCookie = "wsc_persona";

/** The four personas of mode `dev`, selected by a cookie; admin by default. */
export function createDevIdentity(): Identity {
  return {
    signIn: { startUrl: null, end: null },
    claims: () => false,
    async identify(request) {
      const values = cookieValues(request.headers.cookie, personaCookie);
      const persona = values.length === 0 ? "admin" : values.length === 1 ? values[0] : undefined;
      const role = roles.find((candidate) => candidate === persona);
      if (role === undefined) throw new WscError("SESSION_REQUIRED", "wsc_persona names no persona");
      return { id: `dev:${role}`, name: role, roles: [role] };
    },
  };
}
