import { readFileSync } from "node:fs";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import { upstreamOrigins } from "@wsc-dashboard/wsc-core/upstream";
import { type AuthSettings, readAuthSettings } from "./auth-settings.ts";
import { type Environment, misspelledNames } from "./env.ts";
import { isLoopbackHost } from "./loopback.ts";
import { readMailServer } from "./mail-server.ts";
import { describeSettings, type SettingFact } from "./setting-facts.ts";
import { SettingReader } from "./setting-reader.ts";
import { plainSettings, type SettingName, type SettingValue, settingOf } from "./settings.ts";
import { type Network, readTrustedProxies } from "./trusted-proxies.ts";

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<CamelCase<Tail>>}`
  : Lowercase<Name>;
/** The property name of a setting: `WSC_LIST_POLL_MS` is `listPollMs`. */
type PropertyOf<Name extends string> = Name extends `WSC_${infer Rest}` ? CamelCase<Rest> : CamelCase<Name>;

/** Settings that need no further processing, each under its own name. */
type PlainConfig = {
  readonly [Name in keyof typeof plainSettings as PropertyOf<Name>]: SettingValue<Name>;
};

export interface Config extends PlainConfig {
  readonly auth: AuthSettings;
  /** Proxies whose request ids, traces and client addresses are trusted, and in mode `header` also their user names. */
  readonly trustedProxies: readonly Network[];
  readonly upstream: {
    readonly environment: "public" | "financial" | "government" | "custom";
    readonly origin: string;
    readonly accessKey: Secret;
    readonly secretKey: Secret;
    readonly timeoutMs: number;
  };
  readonly dataDirectory: string;
  /** `null` when the database is a file in the data directory. */
  readonly databaseUrl: Secret | null;
  /** 32 bytes in base64 each; the first encrypts, all decrypt. Empty only in dev mode, which has a key in the data directory. */
  readonly encryptionKeys: readonly Secret[];
  /** The settings for display, without the values of secrets. */
  readonly settings: readonly SettingFact[];
}

/** `warnings`: settings that are in force but are most likely mistakes. */
export type ConfigResult =
  | { readonly config: Config; readonly warnings: readonly string[] }
  | { readonly problems: readonly string[] };

/** Names of secret settings; a new one does not compile until it is added to `secretSettingsOf`. */
type SecretName = {
  [Name in SettingName]: NonNullable<SettingValue<Name>> extends Secret | readonly Secret[] ? Name : never;
}[SettingName];

/** The values of all secret settings, in their order. */
export function secretSettingsOf({ upstream, encryptionKeys, databaseUrl, smtpUrl, auth }: Config) {
  return {
    WSC_ACCESS_KEY: [upstream.accessKey],
    WSC_SECRET_KEY: [upstream.secretKey],
    WSC_ENCRYPTION_KEYS: encryptionKeys,
    WSC_DATABASE_URL: databaseUrl === null ? [] : [databaseUrl],
    WSC_SMTP_URL: smtpUrl === null ? [] : [smtpUrl],
    WSC_PROXY_SECRET: auth.mode === "header" ? auth.proxySecrets : [],
    WSC_OIDC_CLIENT_SECRET: auth.mode === "oidc" ? [auth.clientSecret] : [],
  } as const satisfies Record<SecretName, readonly Secret[]>;
}
export type SecretSetting = keyof ReturnType<typeof secretSettingsOf>;

/** All values that must never appear in a log. */
export const secretsOf = (config: Config): Secret[] => [
  ...Object.values(secretSettingsOf(config)).flat(),
  ...passwordOf(config.smtpUrl),
];

/** The decoded password in a URL, as it is sent. */
function passwordOf(url: Secret | null): Secret[] {
  const mail = url === null ? null : readMailServer(url);
  return mail?.auth === undefined ? [] : [mail.auth.password];
}

function propertyOf(name: string): string {
  return name
    .replace(/^WSC_/, "")
    .toLowerCase()
    .replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function readPlain(reader: SettingReader): PlainConfig {
  const names = Object.keys(plainSettings) as (keyof typeof plainSettings)[];
  return Object.fromEntries(names.map((name) => [propertyOf(name), reader.get(name)])) as PlainConfig;
}

function readUpstream(reader: SettingReader): Config["upstream"] {
  const environment = reader.required("WSC_UPSTREAM", `is required: ${settingOf("WSC_UPSTREAM").accepts}`);
  const custom = reader.get("WSC_UPSTREAM_URL");
  if (environment === "custom") reader.required("WSC_UPSTREAM_URL", "is required with WSC_UPSTREAM=custom");
  else if (environment !== null && reader.isGiven("WSC_UPSTREAM_URL")) {
    reader.problem("WSC_UPSTREAM_URL", "is only read with WSC_UPSTREAM=custom; take it out");
  }
  return {
    environment: environment ?? "public",
    origin: environment === null || environment === "custom" ? (custom ?? "") : upstreamOrigins[environment],
    accessKey: reader.required("WSC_ACCESS_KEY") ?? new Secret(""),
    secretKey: reader.required("WSC_SECRET_KEY") ?? new Secret(""),
    timeoutMs: reader.get("WSC_UPSTREAM_TIMEOUT_MS"),
  };
}

/** How long the vendor's gateway accepts a signature (docs/upstream-api.md section 4.1), in milliseconds. */
const vendorValidityMs = 300_000;
const usualLagMs = 60_000;

/** Checks when a job counts as absent: no copy of its call may be accepted afterwards, or it would be paid for twice. */
function checkWindows(reader: SettingReader, environment: Config["upstream"]["environment"]): void {
  if (environment === "custom") return;
  if (reader.get("WSC_SIGNATURE_VALIDITY_MS") < vendorValidityMs) {
    reader.problem(
      "WSC_SIGNATURE_VALIDITY_MS",
      `must be ${vendorValidityMs} milliseconds or more with WSC_UPSTREAM=${environment}: its gateway accepts a call for five minutes, and one that is sent again sooner may be paid for twice`,
    );
  }
  if (reader.get("WSC_INDEX_LAG_MS") < usualLagMs) {
    reader.warn(
      "WSC_INDEX_LAG_MS",
      `is less than ${usualLagMs} milliseconds; a new job that the list shows later may be ordered again`,
    );
  }
}

/** Mail needs a server and a sender address. */
function checkMail(reader: SettingReader, { smtpUrl, mailFrom }: PlainConfig): void {
  if (smtpUrl !== null && readMailServer(smtpUrl) === null) {
    reader.problem("WSC_SMTP_URL", "is not an address such as smtp://user:password@host:587 or smtps://host:465");
  }
  if (smtpUrl !== null) reader.required("WSC_MAIL_FROM", "is required with WSC_SMTP_URL");
  else if (mailFrom !== null) reader.warn("WSC_MAIL_FROM", "does nothing without WSC_SMTP_URL");
}

/** A demo site is repaired and broken by a click: never beside a real account, nor on another machine. */
function checkDemoSite(reader: SettingReader, { demoSite }: PlainConfig, upstreamOrigin: string): void {
  if (demoSite === null) return;
  if (!isLoopbackHost(new URL(demoSite).hostname)) reader.problem("WSC_DEMO_SITE", "must be on this machine");
  if (upstreamOrigin !== "" && !isLoopbackHost(new URL(upstreamOrigin).hostname)) {
    reader.problem("WSC_DEMO_SITE", "needs an upstream on this machine; take it out");
  }
}

/** Checks variables that Node itself reads and hardly reports. */
function checkProcess(reader: SettingReader, environment: Environment): void {
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    reader.problems.push("NODE_TLS_REJECT_UNAUTHORIZED: must not be 0; signatures would go to anybody");
  }
  for (const name of ["HTTPS_PROXY", "https_proxy"]) {
    if ((environment[name] ?? "") !== "") reader.warnings.push(`${name}: is not used; the gateway is called directly`);
  }
  const file = reader.get("NODE_EXTRA_CA_CERTS");
  if (file === null) return;
  try {
    if (/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(readFileSync(file, "latin1"))) return;
    reader.problem("NODE_EXTRA_CA_CERTS", "names a file without a certificate in PEM form");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    reader.problem(
      "NODE_EXTRA_CA_CERTS",
      `names a file that cannot be read (${code}): its certificates would be left out`,
    );
  }
}

/** Reads the settings from the environment. Reports all problems at once, by the variable's name and without secret values. */
export function readConfig(environment: Environment): ConfigResult {
  const reader = new SettingReader(environment);
  for (const { name, problem } of misspelledNames(environment)) reader.problems.push(`${name}: ${problem}`);
  const plain = readPlain(reader);
  const { host, port, metricsPort, publicOrigin } = plain;
  if (!reader.isGiven("WSC_PUBLIC_ORIGIN") && !isLoopbackHost(host)) {
    reader.problem("WSC_PUBLIC_ORIGIN", "is required when HOST is not a loopback address");
  }
  if (metricsPort !== null && metricsPort === port) {
    reader.problem("WSC_METRICS_PORT", "is the port of the dashboard itself; it needs one of its own");
  }
  if (metricsPort === null && reader.isGiven("WSC_METRICS_HOST")) {
    reader.warn("WSC_METRICS_HOST", "does nothing without WSC_METRICS_PORT");
  }
  checkMail(reader, plain);
  const upstream = readUpstream(reader);
  checkDemoSite(reader, plain, upstream.origin);
  checkWindows(reader, upstream.environment);
  checkProcess(reader, environment);
  const trustedProxies = readTrustedProxies(reader);
  const around = { host, publicOrigin, upstreamOrigin: upstream.origin, trustedProxies };
  const auth = readAuthSettings(reader, around) ?? { mode: "dev" };
  const databaseUrl = reader.get("WSC_DATABASE_URL");
  if (auth.mode !== "dev") reader.required("WSC_ENCRYPTION_KEYS", "is required: 32 bytes in base64 each");
  const { accessKey, secretKey } = upstream;
  if (accessKey.reveal() !== "" && accessKey.reveal() === secretKey.reveal()) {
    reader.warn("WSC_SECRET_KEY", "is the same text as WSC_ACCESS_KEY; NAVER Cloud gives two");
  }
  const config: Config = {
    ...plain,
    auth,
    trustedProxies: auth.mode === "dev" ? [] : trustedProxies,
    upstream,
    dataDirectory: reader.get("WSC_DATA_DIR"),
    databaseUrl,
    encryptionKeys: reader.get("WSC_ENCRYPTION_KEYS") ?? [],
    settings: describeSettings(environment),
  };
  const { problems, warnings } = reader;
  return problems.length > 0 ? { problems } : { config, warnings };
}
