import { readFileSync } from "node:fs";
import { isTimeZone, upstreamOrigins } from "@wsc-dashboard/wsc-core";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import { isLoopbackHost } from "../http/loopback.ts";
import { type Environment, type SettingName, settings } from "./env.ts";
import { describeSettings, type SettingFact } from "./setting-facts.ts";

export interface Config {
  readonly host: string;
  readonly port: number;
  /** `null`: whatever loopback address the person typed. */
  readonly publicOrigin: string | null;
  readonly authMode: "dev";
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

class Reader {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  problem(name: SettingName, sentence: string): void {
    this.problems.push(`${name}: ${sentence}`);
  }

  text(name: SettingName): string | null {
    const setting: { secret: boolean; fallback?: string } = settings[name];
    const value = this.#environment[name]?.trim();
    const fromValue = value === undefined || value === "" ? (setting.fallback ?? null) : value;
    if (!setting.secret) return fromValue;
    const file = this.#environment[`${name}_FILE`]?.trim();
    if (file === undefined || file === "") return fromValue;
    if (fromValue !== null) {
      this.problem(name, `set either ${name} or ${name}_FILE, not both`);
      return null;
    }
    try {
      const content = readFileSync(file, "utf8").trim();
      if (content !== "") return content;
      this.problem(name, `the file named by ${name}_FILE is empty`);
    } catch {
      this.problem(name, `the file named by ${name}_FILE cannot be read`);
    }
    return null;
  }

  secret(name: SettingName): Secret {
    const before = this.problems.length;
    const value = this.text(name);
    if (value === null && this.problems.length === before) this.problem(name, "is required");
    if (value !== null && !/^[\x21-\x7e]+$/.test(value))
      this.problem(name, "holds characters that cannot stand in a header");
    return new Secret(value ?? "");
  }

  word<const W extends string>(name: SettingName, words: readonly W[]): W | null {
    const value = this.text(name);
    if (value === null) {
      this.problem(name, `is required: one of ${words.join(", ")}`);
      return null;
    }
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) this.problem(name, `is none of ${words.join(", ")}`);
    return word ?? null;
  }

  whole(name: SettingName, minimum: number, maximum: number): number {
    const value = this.text(name) ?? "";
    const number = /^[0-9]{1,12}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    this.problem(name, `is not a whole number from ${minimum} to ${maximum}`);
    return minimum;
  }

  /** Scheme, host and port; https everywhere, http on this machine only (`anyHttp`: http anywhere). */
  origin(name: SettingName, text: string, anyHttp = false): string {
    const url = URL.canParse(text) ? new URL(text) : null;
    const bare = url !== null && url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
    if (url === null || !bare || !/^https?:$/.test(url.protocol)) {
      this.problem(name, "is not an origin such as https://host or https://host:port");
      return "";
    }
    if (url.protocol === "http:" && !anyHttp && !isLoopbackHost(url.hostname)) {
      this.problem(name, "must be https; http is for loopback addresses only");
    }
    return url.origin;
  }
}

const maxMs = 86_400_000;
const encryptionKeyBytes = 32;

/** Environment → settings. Reports every problem at once, each with the variable's name and never with a secret's value. */
export function readConfig(environment: Environment): ConfigResult {
  const reader = new Reader(environment);
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

  const authMode = reader.word("WSC_AUTH_MODE", ["jwt", "header", "oidc", "dev"]);
  if (authMode === "dev") {
    if (reader.text("NODE_ENV") !== "development") reader.problem("WSC_AUTH_MODE", "dev needs NODE_ENV=development");
    if (!isLoopbackHost(host)) reader.problem("WSC_AUTH_MODE", "dev needs a loopback HOST such as 127.0.0.1");
    const local = upstreamOrigin !== "" && isLoopbackHost(new URL(upstreamOrigin).hostname);
    if (upstreamOrigin !== "" && !local && reader.text("WSC_DEV_REAL_UPSTREAM") !== "yes-i-pay") {
      reader.problem("WSC_AUTH_MODE", "dev needs an upstream on this machine, or WSC_DEV_REAL_UPSTREAM=yes-i-pay");
    }
  } else if (authMode !== null) {
    reader.problem("WSC_AUTH_MODE", `${authMode} is not part of this version; only dev is`);
  }

  const databaseUrl = reader.text("WSC_DATABASE_URL");
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    reader.problem("WSC_DATABASE_URL", "is not an address such as postgres://user@host/database");
  }
  const encryptionKeys = (reader.text("WSC_ENCRYPTION_KEYS") ?? "")
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  if (encryptionKeys.length === 0 && authMode !== null && authMode !== "dev") {
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
    authMode: "dev",
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
    targetAllowlist: (reader.text("WSC_TARGET_ALLOWLIST") ?? "")
      .split(",")
      .map((pattern) => pattern.trim())
      .filter((pattern) => pattern !== ""),
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
