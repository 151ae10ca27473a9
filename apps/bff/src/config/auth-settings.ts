import type { AuthMode } from "@wsc-dashboard/wsc-core";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import { type HeaderPresetName, headerPreset, headerPresets, jwtPreset, jwtPresets } from "./auth-presets.ts";
import { isLoopbackHost } from "./loopback.ts";
import { type RoleMap, readRoleMap } from "./role-map.ts";
import { readUrl } from "./setting-kinds.ts";
import type { SettingReader } from "./setting-reader.ts";
import { type SettingName, type SettingValue, settingNames, settingOf } from "./settings.ts";
import type { Network } from "./trusted-proxies.ts";

export interface JwtSettings {
  readonly mode: "jwt";
  readonly header: string;
  /** `signer`: ARN of the AWS load balancer, whose keys have one URL each; `null` for a JWK set. */
  readonly keys: { readonly url: string; readonly signer: string | null };
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly groupsClaim: string;
  readonly maxAgeMs: number;
  readonly signOutUrl: string | null;
  readonly allowNonBrowser: boolean;
  readonly roleMap: RoleMap;
}

export interface HeaderSettings {
  readonly mode: "header";
  readonly userHeader: string;
  readonly nameHeader: string | null;
  readonly groupsHeader: string;
  readonly groupsSeparator: string;
  readonly trustedProxies: readonly Network[];
  /** One, or two during rotation. */
  readonly proxySecrets: readonly Secret[];
  readonly signOutUrl: string | null;
  readonly allowNonBrowser: boolean;
  readonly roleMap: RoleMap;
}

export interface OidcSettings {
  readonly mode: "oidc";
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** How the secret is sent; `auto` as the provider announces it. */
  readonly clientAuth: "auto" | "basic" | "post";
  readonly scopes: string;
  readonly algorithms: readonly string[];
  readonly groupsClaim: string;
  /** Origin to which the provider redirects; never taken from a request. */
  readonly publicOrigin: string;
  readonly idleMs: number;
  readonly maxMs: number;
  readonly recheckMs: number;
  readonly roleMap: RoleMap;
}

export type AuthSettings = JwtSettings | HeaderSettings | OidcSettings | { readonly mode: "dev" };

interface Surroundings {
  readonly host: string;
  readonly publicOrigin: string | null;
  readonly upstreamOrigin: string;
  readonly trustedProxies: readonly Network[];
}

const signatureAlgorithms = new Set(
  ["RS", "PS", "ES"]
    .flatMap((kind) => ["256", "384", "512"].map((bits) => `${kind}${bits}`))
    .concat("EdDSA", "Ed25519"),
);
const proxySecretLength = 32;
const minDifferent = 8;
/** Headers with another purpose, which cannot identify a user. */
const notIdentity =
  /^(?:host|cookie|authorization|origin|referer|user-agent|content-.*|x-wsc-.*|sec-.*|x-forwarded-for)$/i;

/** Reads the authentication mode and its settings; `null` when no mode is set. */
export function readAuthSettings(reader: SettingReader, around: Surroundings): AuthSettings | null {
  const mode = reader.required("WSC_AUTH_MODE", `is required: ${settingOf("WSC_AUTH_MODE").accepts}`);
  if (mode === null) return null;
  warnOfOtherModes(reader, mode);
  if (mode !== "dev") checkPublished(reader, mode, around);
  return { dev: readDev, jwt: readJwt, header: readHeader, oidc: readOidc }[mode](reader, around);
}

/** Warns about settings of other modes, which have no effect. */
function warnOfOtherModes(reader: SettingReader, mode: AuthMode): void {
  for (const name of settingNames) {
    const { modes } = settingOf(name);
    if (modes === null || modes.includes(mode) || !reader.isGiven(name)) continue;
    reader.warn(name, `has no effect: it is only read with WSC_AUTH_MODE=${modes.join(" or ")}`);
  }
}

/** Requires https, because assertions and cookies must not be sent in plain text. */
function checkPublished(reader: SettingReader, mode: AuthMode, { publicOrigin }: Surroundings): void {
  if (publicOrigin === null) return;
  const { protocol, hostname } = new URL(publicOrigin);
  if (protocol === "http:" && !isLoopbackHost(hostname)) {
    reader.problem(
      "WSC_PUBLIC_ORIGIN",
      `must be https with WSC_AUTH_MODE=${mode}; http is for loopback addresses only`,
    );
  }
}

function readDev(reader: SettingReader, { host, publicOrigin, upstreamOrigin }: Surroundings): AuthSettings {
  if (reader.get("NODE_ENV") !== "development") reader.problem("WSC_AUTH_MODE", "dev needs NODE_ENV=development");
  if (!isLoopbackHost(host)) reader.problem("WSC_AUTH_MODE", "dev needs a loopback HOST such as 127.0.0.1");
  if (publicOrigin && !isLoopbackHost(new URL(publicOrigin).hostname)) {
    reader.problem("WSC_AUTH_MODE", "dev needs a WSC_PUBLIC_ORIGIN on this machine, or none");
  }
  const local = upstreamOrigin !== "" && isLoopbackHost(new URL(upstreamOrigin).hostname);
  if (upstreamOrigin !== "" && !local && reader.get("WSC_DEV_REAL_UPSTREAM") !== "yes-i-pay") {
    reader.problem("WSC_AUTH_MODE", "dev needs an upstream on this machine, or WSC_DEV_REAL_UPSTREAM=yes-i-pay");
  }
  return { mode: "dev" };
}

function readJwt(reader: SettingReader, { publicOrigin }: Surroundings): JwtSettings {
  const presetName = readPreset(reader, jwtPresets, "jwt");
  const preset = presetName === null ? null : jwtPreset(presetName);
  const needed = (name: TextSetting, fallback: string | null | undefined): string =>
    neededText(reader, name, fallback, "jwt");
  const issuer = needed("WSC_AUTH_ISSUER", preset?.issuer?.({ publicOrigin }));
  // Pomerium's issuer is a bare host name; anything else must be a safe URL.
  if (issuer.includes(":") || (issuer !== "" && presetName !== "pomerium")) {
    reader.take("WSC_AUTH_ISSUER", readUrl(issuer));
  }
  const url = needed("WSC_AUTH_JWKS_URL", issuer === "" ? null : preset?.jwksUrl?.({ issuer, publicOrigin }));
  const signer = reader.get("WSC_AUTH_ALB_SIGNER");
  if (
    presetName === "alb" &&
    !/^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]+:loadbalancer\/.+$/.test(signer ?? "")
  ) {
    reader.problem("WSC_AUTH_ALB_SIGNER", "must be the ARN of the load balancer with WSC_AUTH_PRESET=alb");
  }
  return {
    mode: "jwt",
    header: headerName(reader, "WSC_AUTH_JWT_HEADER", needed("WSC_AUTH_JWT_HEADER", preset?.header)),
    keys: { url, signer: presetName === "alb" ? signer : null },
    issuer,
    audience: needed("WSC_AUTH_AUDIENCE", preset?.audience?.({ publicOrigin })),
    algorithms: readAlgorithms(reader, preset?.algorithms),
    groupsClaim: groupsClaim(reader) ?? preset?.groupsClaim ?? "groups",
    maxAgeMs: reader.get("WSC_AUTH_MAX_AGE_MS"),
    roleMap: readRoleMap(reader, null),
    ...readCommon(reader, preset?.signOutUrl),
  };
}

function readHeader(reader: SettingReader, { trustedProxies }: Surroundings): HeaderSettings {
  if (!reader.isGiven("WSC_TRUSTED_PROXIES")) {
    reader.problem("WSC_TRUSTED_PROXIES", "is required with WSC_AUTH_MODE=header");
  }
  const presetName = readPreset<HeaderPresetName>(reader, headerPresets, "header");
  const preset = presetName === null ? null : headerPreset(presetName);
  const name = (setting: TextSetting, fallback: string | undefined): string =>
    headerName(reader, setting, neededText(reader, setting, fallback, "header"));
  const userHeader = name("WSC_AUTH_USER_HEADER", preset?.userHeader);
  const groupsHeader = name("WSC_AUTH_GROUPS_HEADER", preset?.groupsHeader);
  if (userHeader !== "" && userHeader.toLowerCase() === groupsHeader.toLowerCase()) {
    reader.problem("WSC_AUTH_GROUPS_HEADER", "must not be the header of the user");
  }
  const nameHeader = reader.get("WSC_AUTH_NAME_HEADER") ?? preset?.nameHeader ?? null;
  const separator = reader.get("WSC_AUTH_GROUPS_SEPARATOR") ?? preset?.groupsSeparator ?? ",";
  if (reader.isBlank("WSC_AUTH_GROUPS_SEPARATOR"))
    reader.problem(
      "WSC_AUTH_GROUPS_SEPARATOR",
      "is a blank, which is taken off every setting; let the proxy write another one",
    );
  if (separator.length !== 1) reader.problem("WSC_AUTH_GROUPS_SEPARATOR", "is not one character");
  return {
    mode: "header",
    userHeader,
    nameHeader: nameHeader === null ? null : headerName(reader, "WSC_AUTH_NAME_HEADER", nameHeader),
    groupsHeader,
    groupsSeparator: separator,
    trustedProxies,
    proxySecrets: readProxySecrets(reader),
    roleMap: readRoleMap(reader, separator),
    ...readCommon(reader, preset?.signOutUrl),
  };
}

function readOidc(reader: SettingReader, { publicOrigin }: Surroundings): OidcSettings {
  const why = "is required with WSC_AUTH_MODE=oidc";
  reader.required("WSC_PUBLIC_ORIGIN", why);
  const issuer = reader.required("WSC_AUTH_ISSUER", why) ?? "";
  if (issuer !== "") reader.take("WSC_AUTH_ISSUER", readUrl(issuer));
  if (issuer.includes("?")) reader.problem("WSC_AUTH_ISSUER", "has a query; an issuer has none");
  if (reader.get("WSC_SESSION_IDLE_MS") > reader.get("WSC_SESSION_MAX_MS")) {
    reader.warn("WSC_SESSION_IDLE_MS", "has no effect: it is longer than WSC_SESSION_MAX_MS");
  }
  for (const name of ["WSC_SESSION_IDLE_MS", "WSC_SESSION_MAX_MS"] as const) {
    if (reader.get(name) < 60_000) reader.warn(name, "ends sessions within a minute: the value is in milliseconds");
  }
  const scopes = reader.get("WSC_OIDC_SCOPES");
  if (!scopes.split(" ").includes("openid")) {
    reader.problem("WSC_OIDC_SCOPES", "must contain openid, with blanks between the scopes");
  }
  return {
    mode: "oidc",
    issuer,
    clientId: reader.required("WSC_OIDC_CLIENT_ID", why) ?? "",
    clientSecret: reader.required("WSC_OIDC_CLIENT_SECRET", why) ?? new Secret(""),
    clientAuth: reader.get("WSC_OIDC_CLIENT_AUTH"),
    scopes,
    algorithms: readAlgorithms(reader, undefined),
    groupsClaim: groupsClaim(reader) ?? "groups",
    publicOrigin: publicOrigin ?? "",
    idleMs: reader.get("WSC_SESSION_IDLE_MS"),
    maxMs: reader.get("WSC_SESSION_MAX_MS"),
    recheckMs: reader.get("WSC_SESSION_RECHECK_MS"),
    roleMap: readRoleMap(reader, null),
  };
}

function readCommon(
  reader: SettingReader,
  presetSignOut: string | undefined,
): { signOutUrl: string | null; allowNonBrowser: boolean } {
  const signOutUrl = reader.get("WSC_AUTH_SIGN_OUT_URL") ?? presetSignOut ?? null;
  // A path of our own origin, or an absolute URL; `//host` is neither.
  if (signOutUrl !== null && !/^\/(?![/\\])[\x21-\x7e]*$/.test(signOutUrl)) {
    reader.take("WSC_AUTH_SIGN_OUT_URL", readUrl(signOutUrl));
  }
  return { signOutUrl, allowNonBrowser: reader.get("WSC_ALLOW_NON_BROWSER") };
}

/** Names of settings whose value is a text. */
type TextSetting = {
  [Name in SettingName]: SettingValue<Name> extends string | null ? Name : never;
}[SettingName];

/** The text, else the preset's; reports a problem when both are missing. */
function neededText(
  reader: SettingReader,
  name: TextSetting,
  fallback: string | null | undefined,
  mode: AuthMode,
): string {
  const value = reader.get(name) ?? fallback ?? null;
  if (value === null && !reader.isGiven(name)) reader.problem(name, `is required with WSC_AUTH_MODE=${mode}`);
  return value ?? "";
}

function readPreset<Name extends string>(
  reader: SettingReader,
  presets: Readonly<Record<Name, unknown>>,
  mode: AuthMode,
): Name | null {
  const wanted = reader.get("WSC_AUTH_PRESET");
  if (wanted === null) return null;
  const names = Object.keys(presets) as Name[];
  const name = names.find((candidate) => candidate === wanted);
  if (name === undefined) reader.problem("WSC_AUTH_PRESET", `is none of mode ${mode}: ${names.join(", ")}`);
  return name ?? null;
}

function headerName(reader: SettingReader, setting: SettingName, name: string): string {
  if (name === "") return name;
  if (!/^[A-Za-z0-9!#$%&'*+.^`|~-]{1,64}$/.test(name)) {
    reader.problem(setting, "is no header name; an underscore is refused too, since proxies mix it up with a hyphen");
  } else if (notIdentity.test(name)) reader.problem(setting, `${name} has another purpose and cannot say who asks`);
  return name;
}

/** The name of a claim, or a dotted path of names. A claim's own name may contain dots, but no part may be empty. */
function groupsClaim(reader: SettingReader): string | null {
  const claim = reader.get("WSC_AUTH_GROUPS_CLAIM");
  if (claim?.split(".").includes("") === true) {
    reader.problem("WSC_AUTH_GROUPS_CLAIM", "has a dot too many; it is a name, or names with a dot between them");
  }
  return claim;
}

function readAlgorithms(reader: SettingReader, preset: readonly string[] | undefined): readonly string[] {
  const asked = reader.get("WSC_AUTH_ALGORITHMS");
  for (const algorithm of asked) {
    if (!signatureAlgorithms.has(algorithm)) {
      reader.problem("WSC_AUTH_ALGORITHMS", `${algorithm} is not accepted: only signatures with a private key are`);
    }
  }
  return reader.isGiven("WSC_AUTH_ALGORITHMS") || preset === undefined ? asked : preset;
}

function readProxySecrets(reader: SettingReader): readonly Secret[] {
  const values = reader.required("WSC_PROXY_SECRET", "is required with WSC_AUTH_MODE=header") ?? [];
  if (reader.isGiven("WSC_PROXY_SECRET") && values.length === 0) return [];
  if (values.length > 2) reader.problem("WSC_PROXY_SECRET", "holds more than two secrets");
  if (values.some((value) => !/^[\x21-\x7e]+$/.test(value.reveal()))) {
    reader.problem("WSC_PROXY_SECRET", "holds characters that cannot stand in a header");
  }
  if (values.some((value) => value.reveal().length < proxySecretLength)) {
    reader.problem("WSC_PROXY_SECRET", `must have at least ${proxySecretLength} characters`);
  } else if (values.some((value) => new Set(value.reveal()).size < minDifferent)) {
    reader.warn("WSC_PROXY_SECRET", "repeats a few characters and can be guessed; make one with openssl rand -hex 32");
  }
  return values;
}
