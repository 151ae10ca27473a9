/** What a product sends and where its keys are, as far as it is the same in every installation. */

interface JwtPreset {
  readonly header: string;
  /** Derived from the issuer and the dashboard's own origin. */
  readonly jwksUrl?: (at: { readonly issuer: string; readonly publicOrigin: string | null }) => string | null;
  readonly issuer?: (at: { readonly publicOrigin: string | null }) => string | null;
  readonly audience?: (at: { readonly publicOrigin: string | null }) => string | null;
  readonly algorithms: readonly string[];
  readonly groupsClaim: string;
  readonly signOutUrl?: string;
}

const hostOf = ({ publicOrigin }: { readonly publicOrigin: string | null }): string | null =>
  publicOrigin === null ? null : new URL(publicOrigin).host;

export const jwtPresets = {
  cloudflare: {
    header: "Cf-Access-Jwt-Assertion",
    jwksUrl: ({ issuer }) => `${issuer}/cdn-cgi/access/certs`,
    algorithms: ["RS256"],
    groupsClaim: "custom.groups",
    signOutUrl: "/cdn-cgi/access/logout",
  },
  iap: {
    header: "X-Goog-IAP-JWT-Assertion",
    jwksUrl: () => "https://www.gstatic.com/iap/verify/public_key-jwk",
    issuer: () => "https://cloud.google.com/iap",
    algorithms: ["ES256"],
    // IAP has no groups: the role map lists mail addresses.
    groupsClaim: "email",
    signOutUrl: "/?gcp-iap-mode=CLEAR_LOGIN_COOKIE",
  },
  pomerium: {
    header: "X-Pomerium-Jwt-Assertion",
    jwksUrl: ({ publicOrigin }) => (publicOrigin === null ? null : `${publicOrigin}/.well-known/pomerium/jwks.json`),
    // A bare host name unless Pomerium is configured otherwise.
    issuer: hostOf,
    audience: hostOf,
    algorithms: ["ES256"],
    groupsClaim: "groups",
    signOutUrl: "/.pomerium/sign_out",
  },
  alb: { header: "X-Amzn-Oidc-Data", algorithms: ["ES256"], groupsClaim: "groups" },
  authentik: {
    header: "X-Authentik-Jwt",
    jwksUrl: ({ issuer }) => `${issuer.replace(/\/$/, "")}/jwks/`,
    algorithms: ["RS256", "ES256"],
    groupsClaim: "groups",
    signOutUrl: "/outpost.goauthentik.io/sign_out",
  },
} as const satisfies Readonly<Record<string, JwtPreset>>;
export type JwtPresetName = keyof typeof jwtPresets;

/** Access by name widens the type, so that optional properties stay optional. */
export const jwtPreset = (name: JwtPresetName): JwtPreset => jwtPresets[name];

interface HeaderPreset {
  readonly userHeader: string;
  readonly nameHeader: string;
  readonly groupsHeader: string;
  readonly groupsSeparator: string;
  readonly signOutUrl?: string;
}

export const headerPresets = {
  "oauth2-proxy": {
    userHeader: "X-Forwarded-User",
    nameHeader: "X-Forwarded-Email",
    groupsHeader: "X-Forwarded-Groups",
    groupsSeparator: ",",
    signOutUrl: "/oauth2/sign_out",
  },
  authelia: {
    userHeader: "Remote-User",
    nameHeader: "Remote-Name",
    groupsHeader: "Remote-Groups",
    groupsSeparator: ",",
  },
  authentik: {
    userHeader: "X-Authentik-Username",
    nameHeader: "X-Authentik-Name",
    groupsHeader: "X-Authentik-Groups",
    groupsSeparator: "|",
    signOutUrl: "/outpost.goauthentik.io/sign_out",
  },
} as const satisfies Readonly<Record<string, HeaderPreset>>;
export type HeaderPresetName = keyof typeof headerPresets;

export const headerPreset = (name: HeaderPresetName): HeaderPreset => headerPresets[name];
