/**
 * The only file that reads the process environment. Every variable stands here once, with what it says to the person who
 * sets it; docs and .env.example are generated from this list.
 */
export const settings = {
  NODE_ENV: { secret: false, purpose: "`development` is needed for the dev sign-in mode." },
  HOST: { secret: false, fallback: "127.0.0.1", purpose: "Address to listen on." },
  PORT: { secret: false, fallback: "3000", purpose: "Port to listen on." },
  WSC_PUBLIC_ORIGIN: {
    secret: false,
    purpose: "Scheme, host and port under which browsers see the dashboard. Required unless the address is loopback.",
  },
  WSC_DATA_DIR: { secret: false, fallback: ".data", purpose: "Directory for everything the dashboard keeps." },
  WSC_DATABASE_URL: { secret: true, purpose: "PostgreSQL connection; unset means a file in the data directory." },
  WSC_UPSTREAM: { secret: false, purpose: "`public`, `financial`, `government`, or `custom` with WSC_UPSTREAM_URL." },
  WSC_UPSTREAM_URL: {
    secret: false,
    purpose: "Origin of a custom upstream: https, or http on loopback. /api/v1 is added.",
  },
  WSC_ACCESS_KEY: { secret: true, purpose: "NAVER Cloud access key." },
  WSC_SECRET_KEY: { secret: true, purpose: "NAVER Cloud secret key." },
  WSC_ENCRYPTION_KEYS: {
    secret: true,
    purpose: "Keys that seal stored sign-in data: 32 bytes base64 each, comma-separated, first seals, all open.",
  },
  WSC_AUTH_MODE: {
    secret: false,
    purpose: "How people are identified: `jwt`, `header`, `oidc` or `dev`. There is no default.",
  },
  WSC_AUTH_PRESET: {
    secret: false,
    purpose:
      "Names and addresses of a product. jwt: `cloudflare`, `iap`, `pomerium`, `alb`, `authentik`; header: `oauth2-proxy`, `authelia`, `authentik`. Single settings override it.",
  },
  WSC_AUTH_JWT_HEADER: { secret: false, purpose: "jwt: name of the header with the assertion." },
  WSC_AUTH_JWKS_URL: { secret: false, purpose: "jwt: address of the signing keys; https, or http on loopback." },
  WSC_AUTH_ISSUER: { secret: false, purpose: "jwt, oidc: issuer, exactly as it stands in tokens." },
  WSC_AUTH_AUDIENCE: { secret: false, purpose: "jwt: audience that stands for this dashboard." },
  WSC_AUTH_ALGORITHMS: {
    secret: false,
    fallback: "RS256,ES256,ES384,EdDSA",
    purpose: "jwt, oidc: signature algorithms that are accepted, comma-separated. None with a shared secret.",
  },
  WSC_AUTH_MAX_AGE_MS: {
    secret: false,
    fallback: "86400000",
    purpose: "jwt: oldest assertion that counts, and longest life of one.",
  },
  WSC_AUTH_ALB_SIGNER: { secret: false, purpose: "jwt with preset alb: ARN of the load balancer." },
  WSC_AUTH_GROUPS_CLAIM: {
    secret: false,
    purpose: "jwt, oidc: claim that lists the groups, `groups` unless set; `a.b` for a claim inside a claim.",
  },
  WSC_AUTH_USER_HEADER: { secret: false, purpose: "header: name of the header with the user." },
  WSC_AUTH_NAME_HEADER: { secret: false, purpose: "header: name of the header with the name to show." },
  WSC_AUTH_GROUPS_HEADER: { secret: false, purpose: "header: name of the header with the groups." },
  WSC_AUTH_GROUPS_SEPARATOR: { secret: false, purpose: "header: sign between two groups, a comma unless set." },
  WSC_AUTH_SIGN_OUT_URL: {
    secret: false,
    purpose: "jwt, header: where the proxy ends a sign-in: a path or an address.",
  },
  WSC_TRUSTED_PROXIES: { secret: false, purpose: "header: addresses or networks of the proxy, comma-separated." },
  WSC_PROXY_SECRET: {
    secret: true,
    purpose:
      "header: secret of at least 32 characters that the proxy sends in X-WSC-Proxy-Secret; two, comma-separated, while it is being changed.",
  },
  WSC_OIDC_CLIENT_ID: { secret: false, purpose: "oidc: client id." },
  WSC_OIDC_CLIENT_SECRET: { secret: true, purpose: "oidc: client secret." },
  WSC_OIDC_SCOPES: { secret: false, fallback: "openid profile email", purpose: "oidc: scopes to ask for." },
  WSC_SESSION_IDLE_MS: { secret: false, fallback: "1800000", purpose: "oidc: a session ends after this time unused." },
  WSC_SESSION_MAX_MS: {
    secret: false,
    fallback: "28800000",
    purpose: "oidc: longest session, however much it is used.",
  },
  WSC_SESSION_RECHECK_MS: {
    secret: false,
    fallback: "600000",
    purpose: "oidc: how often the groups of a session are asked for again; at most 15 minutes.",
  },
  WSC_ALLOW_NON_BROWSER: {
    secret: false,
    fallback: "false",
    purpose: "jwt, header: `true` accepts changing requests that name no origin, as programs send them.",
  },
  WSC_ROLE_MAP: {
    secret: false,
    purpose: "JSON: group → viewer, operator, admin or auditor. Exact; several groups give several roles.",
  },
  WSC_TARGET_ALLOWLIST: {
    secret: false,
    purpose: "Hosts that may be scanned, comma-separated, `*.example.com` for all below. Unset means every host.",
  },
  WSC_ALLOW_PRIVATE_TARGETS: {
    secret: false,
    fallback: "false",
    purpose: "`true` lets the dashboard's own calls reach private addresses.",
  },
  WSC_TIME_ZONE: { secret: false, fallback: "Asia/Seoul", purpose: "Zone of upstream dates that name none." },
  WSC_BUDGET_PER_DAY: { secret: false, fallback: "20", purpose: "Jobs a day for everybody together, 0 = no limit." },
  WSC_BUDGET_PER_USER_HOUR: { secret: false, fallback: "5", purpose: "Jobs an hour for one person, 0 = no limit." },
  WSC_METRICS_PORT: { secret: false, purpose: "Port for /metrics; unset means none." },
  WSC_SIGNATURE_VALIDITY_MS: {
    secret: false,
    fallback: "300000",
    purpose: "How long the upstream accepts a signature.",
  },
  WSC_RECONCILE_STEP_MS: {
    secret: false,
    fallback: "15000",
    purpose: "Pace at which a job of unknown outcome is looked for.",
  },
  WSC_INDEX_LAG_MS: { secret: false, fallback: "120000", purpose: "Longest time until a new job is found by search." },
  WSC_MISFIRE_GRACE_MS: { secret: false, fallback: "1800000", purpose: "How late a reservation may still run." },
  WSC_DISPATCH_TICK_MS: { secret: false, fallback: "1000", purpose: "How often due submissions are looked for." },
  WSC_CREATE_SPACING_MS: { secret: false, fallback: "2000", purpose: "Pause between two createJob calls." },
  WSC_UPSTREAM_TIMEOUT_MS: { secret: false, fallback: "10000", purpose: "Longest wait for the upstream." },
  WSC_LIST_POLL_MS: {
    secret: false,
    fallback: "15000",
    purpose: "Shortest time between two upstream reads of the same list.",
  },
  WSC_DEV_REAL_UPSTREAM: { secret: false, purpose: "dev: `yes-i-pay` allows an upstream that is not on this machine." },
  WSC_LOG_LEVEL: { secret: false, fallback: "info", purpose: "`debug`, `info`, `warn` or `error`." },
} as const satisfies Record<string, { secret: boolean; fallback?: string; purpose: string }>;

export type SettingName = keyof typeof settings;
export type Environment = Readonly<Record<string, string | undefined>>;

/** A copy of the process environment; secrets are taken out of the process so that no child or dump has them. */
export function takeEnvironment(): Environment {
  const copy = { ...process.env };
  for (const [name, { secret }] of Object.entries(settings)) if (secret) delete process.env[name];
  return copy;
}

/** Names that start with WSC_ but mean nothing: most likely a typing error. */
export function unknownSettings(environment: Environment): string[] {
  return Object.keys(environment).filter((name) => {
    if (!name.startsWith("WSC_") || Object.hasOwn(settings, name)) return false;
    const base = name.replace(/_FILE$/, "");
    return !(name !== base && Object.hasOwn(settings, base) && settings[base as SettingName].secret);
  });
}
