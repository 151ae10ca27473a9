import type { BffApi, Handlers } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import { type ApiPlace, openApiOf } from "../calls/open-api.ts";
import type { AuthSettings } from "../config/auth-settings.ts";
import { cookieName } from "../identity/oidc.ts";

/** What identifies a person's request in the configured mode. */
function personIn(auth: AuthSettings): ApiPlace["person"] {
  switch (auth.mode) {
    case "oidc":
      return { in: "cookie", name: cookieName(auth.publicOrigin, "wsc_sid") };
    case "dev":
      return { in: "cookie", name: "wsc_persona" };
    case "jwt":
      return { in: "header", name: auth.header };
    case "header":
      return { in: "header", name: auth.userHeader };
  }
}

export function openApiHandlers(
  config: { readonly auth: AuthSettings; readonly publicOrigin: string | null },
  version: string,
): Handlers<BffApi, CallContext>["openApi"] {
  let document: Buffer | undefined;
  return {
    get: async () => {
      const { auth, publicOrigin } = config;
      document ??= Buffer.from(JSON.stringify(openApiOf({ version, publicOrigin, person: personIn(auth) })));
      return document;
    },
  };
}
