import { authModes } from "@wsc-dashboard/wsc-core";
import { readHostPattern } from "./host-pattern.ts";
import {
  databaseUrl,
  directory,
  encryptionKeys,
  flag,
  headerSecret,
  json,
  list,
  listenAddress,
  listOf,
  mailAddress,
  milliseconds,
  origin,
  type Setting,
  secret,
  secretList,
  text,
  timeZone,
  url,
  whole,
  word,
} from "./setting-kinds.ts";

/*
 * All environment variables, each defined once with its purpose, accepted values and default. The type of the configuration, the
 * checks, docs/configuration.md and .env.example are derived from these definitions.
 */

const dayMs = 86_400_000;

/** Settings that become properties of the configuration under their own names: `WSC_LIST_POLL_MS` is `listPollMs`. */
export const plainSettings = {
  HOST: listenAddress({ default: "127.0.0.1", purpose: "Address or name to listen on." }),
  PORT: whole({ min: 0, max: 65_535, default: 3000, purpose: "Port to listen on." }),
  WSC_PUBLIC_ORIGIN: origin({
    anyHttp: true,
    purpose:
      "Scheme, host and port under which browsers see the dashboard. Required unless the address is loopback. There is no path: it needs a host name of its own.",
  }),
  WSC_TARGET_ALLOWLIST: listOf((part) => readHostPattern(part), {
    default: [],
    purpose:
      "Hosts that may be scanned, comma-separated: names, addresses, `*.example.com` for all below. Unset means every host.",
  }),
  WSC_ALLOW_PRIVATE_TARGETS: flag({
    default: false,
    purpose: "`true` lets the dashboard's own calls reach private addresses.",
  }),
  WSC_TIME_ZONE: timeZone({
    default: "Asia/Seoul",
    purpose:
      "Zone of upstream dates without a zone, and of the times on pages and in files for people who have not chosen another one.",
  }),
  WSC_BUDGET_PER_DAY: whole({
    min: 0,
    max: 1_000_000,
    default: 20,
    purpose: "Jobs a day in total, 0 = no limit.",
  }),
  WSC_BUDGET_PER_USER_HOUR: whole({
    min: 0,
    max: 1_000_000,
    default: 5,
    purpose: "Jobs an hour for one person, 0 = no limit.",
  }),
  WSC_RESERVATIONS_PER_USER: whole({
    min: 0,
    max: 1_000_000,
    default: 100,
    purpose: "Open reservations of one person, runs of schedules not counted, 0 = no limit.",
  }),
  WSC_SCHEDULES_PER_USER: whole({
    min: 0,
    max: 1_000_000,
    default: 100,
    purpose: "Schedules of one person, 0 = no limit.",
  }),
  WSC_METRICS_PORT: whole({ min: 1, max: 65_535, purpose: "Port for /metrics; unset means none." }),
  WSC_STOP_DELAY_MS: milliseconds({
    min: 0,
    max: 60_000,
    default: 0,
    purpose:
      "How long, after SIGTERM, `/readyz` answers 503 and everything else goes on as usual: longer than a load balancer takes to notice. A second signal ends it.",
  }),
  WSC_METRICS_HOST: listenAddress({ purpose: "Address or name on which WSC_METRICS_PORT listens; unset means HOST." }),
  WSC_SIGNATURE_VALIDITY_MS: milliseconds({
    min: 0,
    max: dayMs,
    default: 300_000,
    purpose: "How long the upstream accepts a signature.",
  }),
  WSC_RECONCILE_STEP_MS: milliseconds({
    min: 1,
    max: dayMs,
    default: 15_000,
    purpose: "Pace at which a job of unknown outcome is looked for.",
  }),
  WSC_INDEX_LAG_MS: milliseconds({
    min: 0,
    max: dayMs,
    default: 120_000,
    purpose: "Longest time until a new job is found by search.",
  }),
  WSC_MISFIRE_GRACE_MS: milliseconds({
    min: 0,
    max: dayMs,
    default: 1_800_000,
    purpose: "How late a reservation may still run.",
  }),
  WSC_DISPATCH_TICK_MS: milliseconds({
    min: 1,
    max: dayMs,
    default: 1000,
    purpose: "How often due submissions are looked for.",
  }),
  WSC_CREATE_SPACING_MS: milliseconds({
    min: 0,
    max: dayMs,
    default: 2000,
    purpose: "Pause between two createJob calls.",
  }),
  WSC_LIST_POLL_MS: milliseconds({
    min: 0,
    max: dayMs,
    default: 15_000,
    purpose: "Shortest time between two upstream reads of the same list.",
  }),
  WSC_BACKGROUND_READ_MS: milliseconds({
    min: 0,
    max: dayMs,
    default: 2000,
    purpose:
      "Pause between two calls that read the list of jobs and their reports in the background, for the overview and the targets; 0 = they are not read.",
  }),
  WSC_SMTP_URL: secret({
    purpose:
      "Mail server for notifications: `smtp://user:password@host:587` (STARTTLS is required unless the host is loopback) or `smtps://host:465`; unset means that no mail is sent.",
  }),
  WSC_MAIL_FROM: mailAddress({ purpose: "Address that mails come from; needed with WSC_SMTP_URL." }),
  WSC_INTERNAL_RECEIVERS: listOf(
    (part) => readHostPattern(part, "name each host; none is allowed unless it is named"),
    {
      default: [],
      purpose:
        "Hosts inside that notifications may be sent to, comma-separated, spelled as in WSC_TARGET_ALLOWLIST. Their addresses may be private and begin with http.",
    },
  ),
  WSC_DEMO_SITE: origin({
    purpose:
      "Origin of the emulator's demo site, with an upstream on this machine only: the dashboard offers to scan, repair and compare it. `npm start` sets it.",
  }),
  WSC_LOG_LEVEL: word(["debug", "info", "warn", "error"], { default: "info", purpose: "Least that is logged." }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** Storage and encryption of data. */
const storageSettings = {
  WSC_DATA_DIR: directory({ default: ".data", purpose: "Directory for everything the dashboard keeps." }),
  WSC_DATABASE_URL: databaseUrl({ purpose: "PostgreSQL connection; unset means a file in the data directory." }),
  WSC_ENCRYPTION_KEYS: encryptionKeys({
    purpose:
      "Keys that seal stored sign-in data: 32 bytes in base64 each, between commas or on lines of a file; the first seals, all open.",
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** The gateway and its keys. */
const upstreamSettings = {
  WSC_UPSTREAM: word(["public", "financial", "government", "custom"], {
    purpose: "Which gateway; `custom` with WSC_UPSTREAM_URL.",
  }),
  WSC_UPSTREAM_URL: origin({ purpose: "Origin of a custom upstream. /api/v1 is added." }),
  WSC_ACCESS_KEY: headerSecret({ purpose: "NAVER Cloud access key." }),
  WSC_SECRET_KEY: headerSecret({ purpose: "NAVER Cloud secret key." }),
  WSC_UPSTREAM_TIMEOUT_MS: milliseconds({
    min: 1,
    max: dayMs,
    default: 10_000,
    purpose: "Longest wait for the upstream.",
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** How people are authenticated. */
const authSettings = {
  WSC_AUTH_MODE: word(authModes, { purpose: "How people are identified. There is no default." }),
  WSC_AUTH_PRESET: text({
    modes: ["jwt", "header"],
    purpose:
      "names and addresses of a product. jwt: `cloudflare`, `iap`, `pomerium`, `alb`, `authentik`; header: `oauth2-proxy`, `authelia`, `authentik`. Single settings override it.",
  }),
  WSC_AUTH_JWT_HEADER: text({ modes: ["jwt"], purpose: "name of the header with the assertion." }),
  WSC_AUTH_JWKS_URL: url({ modes: ["jwt"], purpose: "address of the signing keys." }),
  WSC_AUTH_ISSUER: text({
    modes: ["jwt", "oidc"],
    purpose:
      "issuer, exactly as it stands in tokens. oidc: a final slash, or the address of the provider's description, is understood; it stays a part of people's ids, so do not respell it later.",
  }),
  WSC_AUTH_AUDIENCE: text({ modes: ["jwt"], purpose: "audience that stands for this dashboard." }),
  WSC_AUTH_ALGORITHMS: list({
    modes: ["jwt", "oidc"],
    default: ["RS256", "ES256", "ES384", "EdDSA"],
    purpose: "signature algorithms that are accepted, comma-separated. None with a shared secret.",
  }),
  WSC_AUTH_MAX_AGE_MS: milliseconds({
    modes: ["jwt"],
    min: 1000,
    max: 7 * dayMs,
    default: dayMs,
    purpose: "oldest assertion that counts, and longest life of one.",
  }),
  WSC_AUTH_ALB_SIGNER: text({ modes: ["jwt"], purpose: "ARN of the load balancer, with preset alb." }),
  WSC_AUTH_GROUPS_CLAIM: text({
    modes: ["jwt", "oidc"],
    purpose: "claim that lists the groups, `groups` unless set; `a.b` for a claim inside a claim.",
  }),
  WSC_AUTH_USER_HEADER: text({ modes: ["header"], purpose: "name of the header with the user." }),
  WSC_AUTH_NAME_HEADER: text({ modes: ["header"], purpose: "name of the header with the name to show." }),
  WSC_AUTH_GROUPS_HEADER: text({ modes: ["header"], purpose: "name of the header with the groups." }),
  WSC_AUTH_GROUPS_SEPARATOR: text({ modes: ["header"], purpose: "character between two groups, a comma unless set." }),
  WSC_AUTH_SIGN_OUT_URL: text({
    modes: ["jwt", "header"],
    purpose: "where the proxy ends an authentication: a path or an address.",
  }),
  WSC_TRUSTED_PROXIES: list({
    modes: ["jwt", "header", "oidc"],
    default: [],
    purpose:
      "addresses or networks of the proxy, comma-separated: its X-Request-Id, traceparent and X-Forwarded-For are believed; required with header, whose names come from there alone.",
  }),
  WSC_PROXY_SECRET: secretList({
    modes: ["header"],
    purpose:
      "secret of at least 32 characters that the proxy sends in X-WSC-Proxy-Secret; two, comma-separated, while it is being changed.",
  }),
  WSC_OIDC_CLIENT_ID: text({ modes: ["oidc"], purpose: "client id." }),
  WSC_OIDC_CLIENT_SECRET: secret({ modes: ["oidc"], purpose: "client secret." }),
  WSC_OIDC_CLIENT_AUTH: word(["auto", "basic", "post"], {
    modes: ["oidc"],
    default: "auto",
    purpose:
      "how the client secret is sent: as the provider announces it, in the Authorization header, or in the body (for providers that do not decode the header).",
  }),
  WSC_OIDC_SCOPES: text({
    modes: ["oidc"],
    default: "openid profile email",
    purpose: "scopes to ask for, with blanks between them.",
  }),
  WSC_SESSION_IDLE_MS: milliseconds({
    modes: ["oidc"],
    min: 1000,
    max: dayMs,
    default: 1_800_000,
    purpose: "a session ends after this time unused.",
  }),
  WSC_SESSION_MAX_MS: milliseconds({
    modes: ["oidc"],
    min: 1000,
    max: dayMs,
    default: 28_800_000,
    purpose: "longest session, however much it is used.",
  }),
  WSC_SESSION_RECHECK_MS: milliseconds({
    modes: ["oidc"],
    min: 0,
    max: 900_000,
    default: 600_000,
    purpose: "how often the groups of a session are asked for again.",
  }),
  WSC_ALLOW_NON_BROWSER: flag({
    modes: ["jwt", "header"],
    default: false,
    purpose: "`true` accepts changing requests that name no origin, as programs send them.",
  }),
  WSC_ROLE_MAP: json({
    modes: ["jwt", "header", "oidc"],
    purpose:
      'JSON: group → viewer, operator, admin or auditor, such as `{"security-team":"operator"}`. Groups are compared as they are; several groups give several roles.',
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** Variables of Node itself, or for trials only. */
const processSettings = {
  NODE_ENV: text({ purpose: "`development` is needed for the dev mode of authentication." }),
  NODE_EXTRA_CA_CERTS: text({
    purpose: "File with the certificates of a private CA (PEM), beside the public ones. Node reads it at the start.",
  }),
  WSC_DEV_REAL_UPSTREAM: text({
    modes: ["dev"],
    purpose: "`yes-i-pay` allows an upstream that is not on this machine.",
  }),
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

/** All settings, in the order of the documentation. */
export const settings = {
  ...processSettings,
  ...storageSettings,
  ...upstreamSettings,
  ...authSettings,
  ...plainSettings,
};

export type SettingName = keyof typeof settings;
/** The type of a setting's parsed value. */
export type SettingValue<Name extends SettingName> =
  (typeof settings)[Name] extends Setting<infer Value> ? Value : never;
/** Names of all settings. */
export const settingNames = Object.keys(settings) as SettingName[];
export const settingOf = (name: SettingName): Setting<unknown> => settings[name];
