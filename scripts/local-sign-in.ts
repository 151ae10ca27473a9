/** The authentication modes other than dev, with a provider on this machine. */
import { type AssertionMode, type LocalIdp, startLocalIdp, startLocalProxy } from "@wsc-dashboard/local-idp";
import { freePort } from "./free-port.ts";

export interface LocalSignIn {
  readonly idp: LocalIdp;
  /** Variables of the dashboard's environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Where the dashboard has to listen: at the published address itself, or behind the local proxy. */
  readonly dashboard: { readonly host: string; readonly port: number };
  close(): Promise<void>;
}

interface Place {
  /** The address in the browser. */
  readonly origin: string;
  readonly host: string;
  readonly port: number;
}

/** Settings of an external provider or proxy; when one of these is set, nothing is started here. */
export const ownSignIn = {
  oidc: ["WSC_AUTH_ISSUER"],
  jwt: ["WSC_AUTH_PRESET", "WSC_AUTH_ISSUER", "WSC_AUTH_JWKS_URL"],
  header: ["WSC_AUTH_PRESET", "WSC_TRUSTED_PROXIES", "WSC_PROXY_SECRET"],
} as const satisfies Readonly<Record<"oidc" | AssertionMode, readonly string[]>>;

export const localSignIns = {
  oidc: async ({ origin, host, port }) => {
    const idp = await startLocalIdp(origin);
    return { idp, settings: idp.settings, dashboard: { host, port }, close: () => idp.close() };
  },
  jwt: (place) => behindProxy("jwt", place),
  header: (place) => behindProxy("header", place),
} as const satisfies Readonly<Record<"oidc" | AssertionMode, (place: Place) => Promise<LocalSignIn>>>;

async function behindProxy(assertionMode: AssertionMode, { origin, ...listen }: Place): Promise<LocalSignIn> {
  const port = await freePort();
  const { idp, settings, close } = await startLocalProxy({ assertionMode, origin, listen, dashboardPort: port });
  return { idp, settings, dashboard: { host: "127.0.0.1", port }, close };
}
