import { isTimeZone, upstreamOrigins } from "@wsc-dashboard/wsc-core";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import { isLoopbackHost } from "../http/loopback.ts";
import { type AuthSettings, readAuthSettings } from "./auth-settings.ts";
import type { Environment, SettingName } from "./env.ts";
import { describeSettings, type SettingFact } from "./setting-facts.ts";
import { SettingReader } from "./setting-reader.ts";

export interface Config {
  readonly host: string;
  readonly port: number;
  /** `null`: whatever loopback address the person typed. */
  readonly publicOrigin: string | null;
  readonly auth: AuthSettings;
  readonly upstream: {
    readonly environment: "public" | "financial" | "government" | "custom";
    readonly origin: string;
    readonly accessKey: Secret;
    readonly secretKey: Secret;
    readonly timeoutMs: number;
  };
  readonly dataDirectory: string;
  /** `null`: the store is a file in the data directory. */
  readonly databaseUrl: Secret | null;
  /** 32 bytes in base64 each; the first seals, all open. Empty in dev mode only: then one is kept in the data directory. */
  readonly encryptionKeys: readonly Secret[];
  readonly budgetPerDay: number;
  readonly budgetPerUserHour: number;
  readonly timeZone: string;
  readonly targetAllowlist: readonly string[];
  /** Whether the dashboard's own calls may reach private addresses. */
  readonly allowPrivateTargets: boolean;
  readonly listPollMs: number;
  readonly createSpacingMs: number;
  readonly reconcileStepMs: number;
  readonly signatureValidityMs: number;
  readonly indexLagMs: number;
  readonly misfireGraceMs: number;
  readonly dispatchTickMs: number;
  /** `null`: no metrics. */
  readonly metricsPort: number | null;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** What the environment says, for people to read; without the values of secrets. */
  readonly settings: readonly SettingFact[];
}

export type ConfigResult = { readonly config: Config } | { readonly problems: readonly string[] };

const maxMs = 86_400_000;
const encryptionKeyBytes = 32;

/** The values of the settings that are secrets, in their order. */
export function secretSettingsOf({ upstream, encryptionKeys, databaseUrl, auth }: Config) {
  return {
    WSC_ACCESS_KEY: [upstream.accessKey],
    WSC_SECRET_KEY: [upstream.secretKey],
    WSC_ENCRYPTION_KEYS: encryptionKeys,
    WSC_DATABASE_URL: databaseUrl === null ? [] : [databaseUrl],
    WSC_PROXY_SECRET: auth.mode === "header" ? auth.proxySecrets : [],
    WSC_OIDC_CLIENT_SECRET: auth.mode === "oidc" ? [auth.clientSecret] : [],
  } as const satisfies Partial<Record<SettingName, readonly Secret[]>>;
}
export type SecretSetting = keyof ReturnType<typeof secretSettingsOf>;

/** Everything that must never be seen in a log. */
export const secretsOf = (config: Config): Secret[] => Object.values(secretSettingsOf(config)).flat();

/** Environment → settings. Reports every problem at once, each with the variable's name and never with a secret's value. */
export function readConfig(environment: Environment): ConfigResult {
  const reader = new SettingReader(environment);
  const host = reader.text("HOST") ?? "";
  const publicOriginText = reader.text("WSC_PUBLIC_ORIGIN");
  const publicOrigin = publicOriginText === null ? null : reader.origin("WSC_PUBLIC_ORIGIN", publicOriginText, true);
  if (publicOrigin === null && !isLoopbackHost(host)) {
    reader.problem("WSC_PUBLIC_ORIGIN", "is required when HOST is not a loopback address");
  }

  const upstreamWord = reader.word("WSC_UPSTREAM", ["public", "financial", "government", "custom"]);
  const urlText = reader.text("WSC_UPSTREAM_URL");
  let upstreamOrigin = "";
  if (upstreamWord === "custom") {
    if (urlText === null) reader.problem("WSC_UPSTREAM_URL", "is required with WSC_UPSTREAM=custom");
    else upstreamOrigin = reader.origin("WSC_UPSTREAM_URL", urlText);
  } else if (upstreamWord !== null) {
    upstreamOrigin = upstreamOrigins[upstreamWord];
    if (urlText !== null) reader.problem("WSC_UPSTREAM_URL", "is only read with WSC_UPSTREAM=custom; take it out");
  }
  if (environment.NODE_TLS_REJECT_UNAUTHORIZED === "0") {
    reader.problems.push("NODE_TLS_REJECT_UNAUTHORIZED: must not be 0; signatures would go to anybody");
  }

  const auth = readAuthSettings(reader, { host, publicOrigin, upstreamOrigin });

  const databaseUrl = reader.text("WSC_DATABASE_URL");
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    reader.problem("WSC_DATABASE_URL", "is not an address such as postgres://user@host/database");
  }
  const encryptionKeys = reader.list("WSC_ENCRYPTION_KEYS");
  if (encryptionKeys.length === 0 && auth !== null && auth.mode !== "dev") {
    reader.problem("WSC_ENCRYPTION_KEYS", "is required: 32 bytes in base64 each");
  }
  if (encryptionKeys.some((key) => Buffer.from(key, "base64").length !== encryptionKeyBytes)) {
    reader.problem("WSC_ENCRYPTION_KEYS", "every key must be 32 bytes in base64");
  }

  const timeZone = reader.text("WSC_TIME_ZONE") ?? "";
  if (!isTimeZone(timeZone)) reader.problem("WSC_TIME_ZONE", "is not a time zone such as Asia/Seoul");

  const config: Config = {
    host,
    port: reader.whole("PORT", 0, 65_535),
    publicOrigin,
    auth: auth ?? { mode: "dev" },
    upstream: {
      environment: upstreamWord ?? "public",
      origin: upstreamOrigin,
      accessKey: reader.secret("WSC_ACCESS_KEY"),
      secretKey: reader.secret("WSC_SECRET_KEY"),
      timeoutMs: reader.whole("WSC_UPSTREAM_TIMEOUT_MS", 1, maxMs),
    },
    dataDirectory: reader.text("WSC_DATA_DIR") ?? "",
    databaseUrl: databaseUrl === null ? null : new Secret(databaseUrl),
    encryptionKeys: encryptionKeys.map((key) => new Secret(key)),
    budgetPerDay: reader.whole("WSC_BUDGET_PER_DAY", 0, 1_000_000),
    budgetPerUserHour: reader.whole("WSC_BUDGET_PER_USER_HOUR", 0, 1_000_000),
    timeZone,
    targetAllowlist: reader.list("WSC_TARGET_ALLOWLIST"),
    allowPrivateTargets: reader.word("WSC_ALLOW_PRIVATE_TARGETS", ["true", "false"]) === "true",
    listPollMs: reader.whole("WSC_LIST_POLL_MS", 0, maxMs),
    createSpacingMs: reader.whole("WSC_CREATE_SPACING_MS", 0, maxMs),
    reconcileStepMs: reader.whole("WSC_RECONCILE_STEP_MS", 1, maxMs),
    signatureValidityMs: reader.whole("WSC_SIGNATURE_VALIDITY_MS", 0, maxMs),
    indexLagMs: reader.whole("WSC_INDEX_LAG_MS", 0, maxMs),
    misfireGraceMs: reader.whole("WSC_MISFIRE_GRACE_MS", 0, maxMs),
    dispatchTickMs: reader.whole("WSC_DISPATCH_TICK_MS", 1, maxMs),
    metricsPort: reader.text("WSC_METRICS_PORT") === null ? null : reader.whole("WSC_METRICS_PORT", 1, 65_535),
    logLevel: reader.word("WSC_LOG_LEVEL", ["debug", "info", "warn", "error"]) ?? "info",
    settings: describeSettings(environment),
  };
  return reader.problems.length > 0 ? { problems: reader.problems } : { config };
}
