import { type AuthMode, isMailAddress, isTimeZone } from "@wsc-dashboard/wsc-core";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import { listedEncryptionKeys } from "./encryption-key-text.ts";
import { isLoopbackHost } from "./loopback.ts";
import { partsOf, type Reading, type TextShape } from "./setting-text.ts";

/** An environment variable: its purpose, the accepted values, and how to parse it. `Value` is null when it is not set. */
export interface Setting<Value> {
  readonly purpose: string;
  /** The value may also come from a file, and is never shown. */
  readonly isSecret: boolean;
  /** Authentication modes that read it; `null` for all. */
  readonly modes: readonly AuthMode[] | null;
  /** The default in the form in which a person writes it; `null` when there is none. */
  readonly default: string | null;
  readonly shape: TextShape;
  /** The value when it is not set or invalid; if invalid, the start fails, but other settings are still checked. */
  readonly unset: Value;
  /** Accepted values, for the documentation; empty when the purpose says it. */
  readonly accepts: string;
  readonly read: (text: string) => Reading<NonNullable<Value>>;
}

export interface Options<Default> {
  readonly purpose: string;
  readonly modes?: readonly AuthMode[];
  readonly default?: Default;
}

/** Not null when there is a default. */
type ValueOf<Kind, Given> = Given extends { readonly default: NonNullable<unknown> } ? Kind : Kind | null;

type Reader<Kind> = (text: string) => Reading<Kind>;

function define<Kind extends NonNullable<unknown>, const Given extends Options<Kind>>(
  given: Given,
  read: Reader<Kind>,
  rest: { readonly accepts?: string; readonly isSecret?: boolean; readonly shape?: TextShape } = {},
): Setting<ValueOf<Kind, Given>> {
  const { purpose, modes = null, default: fallback } = given;
  return {
    purpose,
    modes,
    isSecret: rest.isSecret ?? false,
    shape: rest.shape ?? "line",
    default: fallback === undefined ? null : String(fallback),
    unset: (fallback ?? null) as ValueOf<Kind, Given>,
    accepts: rest.accepts ?? "",
    read: read as Setting<ValueOf<Kind, Given>>["read"],
  };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A hint that converts a duration such as `30m` to milliseconds. */
function durationHint(text: string): string {
  const [, count = "", unit = ""] = /^([0-9]{1,6}) ?(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor = units[unit];
  return factor === undefined ? "" : `; ${text} is ${Number(count) * factor}`;
}

function readWhole(text: string, min: number, max: number, unit: string): Reading<number> {
  const number = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= min && number <= max) return { value: number };
  const hint = unit === "" ? "" : durationHint(text);
  return { problem: `is not a whole number from ${min} to ${max}${unit}${hint}` };
}

/** A whole number from `min` to `max`. */
export function whole<const Given extends Options<number> & { readonly min: number; readonly max: number }>(
  given: Given,
) {
  const { min, max } = given;
  return define<number, Given>(given, (text) => readWhole(text, min, max, ""), { accepts: `${min} to ${max}` });
}

/** A duration in milliseconds from `min` to `max`. */
export function milliseconds<const Given extends Options<number> & { readonly min: number; readonly max: number }>(
  given: Given,
) {
  const { min, max } = given;
  return define<number, Given>(given, (text) => readWhole(text, min, max, " milliseconds"), {
    accepts: `${min} to ${max} ms`,
  });
}

/** Any text. */
export const text = <const Given extends Options<string>>(given: Given) =>
  define<string, Given>(given, (value) => ({ value }));

/** JSON text; its content is parsed elsewhere. */
export const json = <const Given extends Options<string>>(given: Given) =>
  define<string, Given>(given, (value) => ({ value }), { shape: "json" });

/** One of a list of words. */
export const word = <const Word extends string, const Given extends Options<Word>>(
  words: readonly Word[],
  given: Given,
) =>
  define<Word, Given>(
    given,
    (value) => {
      const found = words.find((candidate) => candidate === value);
      return found === undefined ? { problem: `is none of ${words.join(", ")}` } : { value: found };
    },
    { accepts: words.map((each) => `\`${each}\``).join(", ") },
  );

export const flag = <const Given extends Options<boolean>>(given: Given) =>
  define<boolean, Given>(
    given,
    (value) =>
      value === "true" || value === "false" ? { value: value === "true" } : { problem: "is neither true nor false" },
    { accepts: "`true`, `false`" },
  );

/** The parts of a list. A list that is set but empty is a problem, since it would mean "not set", often "everything". */
function readParts(value: string): Reading<string[]> {
  const parts = partsOf(value);
  return parts.length === 0
    ? { problem: "holds nothing between its commas; leave it unset instead" }
    : { value: parts };
}

/** Parts between commas or line ends. */
export const list = <const Given extends Options<readonly string[]>>(given: Given) =>
  define<readonly string[], Given>(given, readParts, { shape: "lines" });

/** Parts between commas or line ends, each parsed by `readPart`. A problem names the first invalid part by its number. */
export const listOf = <const Given extends Options<readonly string[]>>(readPart: Reader<string>, given: Given) =>
  define<readonly string[], Given>(
    given,
    (value) => {
      const parts = readParts(value);
      if ("problem" in parts) return parts;
      const read = parts.value.map(readPart);
      const wrong = read.findIndex((part) => "problem" in part);
      const first = read[wrong];
      return first !== undefined && "problem" in first
        ? { problem: `part ${wrong + 1} ${first.problem}` }
        : { value: read.flatMap((part) => ("value" in part ? [part.value] : [])) };
    },
    { shape: "lines" },
  );

export const timeZone = <const Given extends Options<string>>(given: Given) =>
  define<string, Given>(
    given,
    (value) => (isTimeZone(value) ? { value } : { problem: "is not a time zone such as Asia/Seoul" }),
    { accepts: "IANA time zone" },
  );

/** One mail address, without a name. */
export const mailAddress = <const Given extends Options<string>>(given: Given) =>
  define<string, Given>(
    given,
    (value) => (isMailAddress(value) ? { value } : { problem: "is no mail address such as scans@example.com" }),
    { accepts: "mail address" },
  );

/** A listen address: a host name or IP address, without scheme and port. */
export const listenAddress = <const Given extends Options<string>>(given: Given) =>
  define<string, Given>(given, readListenAddress);

function readListenAddress(value: string): Reading<string> {
  const bare = /^\[[0-9A-Fa-f:.%\w]+\]$/.test(value) ? value.slice(1, -1) : value;
  if (value.includes("://") || value.includes("/"))
    return { problem: "is an address or a name alone, such as 0.0.0.0" };
  if (/^[^:]+:[0-9]+$|^\[.*\]:[0-9]+$/.test(value))
    return { problem: "holds a port; the port is a setting of its own" };
  if (!/^[A-Za-z0-9.:%_-]+$/.test(bare)) return { problem: "is neither an address nor a name" };
  return { value: bare };
}

/** Scheme, host and port; https, or http for loopback addresses only (`anyHttp`: for any address). */
export const origin = <const Given extends Options<string> & { readonly anyHttp?: boolean }>(given: Given) =>
  define<string, Given>(given, (value) => readOrigin(value, given.anyHttp ?? false), {
    accepts: `https, or http ${given.anyHttp ? "" : "on loopback"}`.trimEnd(),
  });

export function readOrigin(value: string, anyHttp: boolean): Reading<string> {
  const shape = "is not an origin such as https://host or https://host:port";
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(value)) return { problem: `${shape}: it begins with https:// or http://` };
  const url = URL.canParse(value) ? new URL(value) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return { problem: shape };
  if (url.username !== "" || url.password !== "") return { problem: `${shape}: it holds a user name or a password` };
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    return { problem: `${shape}: it has a path, and there is none below which it works; take off all after the host` };
  }
  if (/[*,\\?#]/.test(value)) return { problem: `${shape}: it holds more than one host, or a pattern` };
  if (/^(?:0\.0\.0\.0|\[::\])$/.test(url.hostname))
    return { problem: `${shape}: ${url.hostname} is an address to listen on, not one that is opened` };
  return url.protocol === "http:" && !anyHttp && !isLoopbackHost(url.hostname)
    ? { problem: "must be https; http is for loopback addresses only" }
    : { value: url.origin };
}

/** An absolute URL; https, or http for loopback addresses only. Kept as written. */
export const url = <const Given extends Options<string>>(given: Given) =>
  define<string, Given>(given, readUrl, { accepts: "https, or http on loopback" });

export function readUrl(value: string): Reading<string> {
  const parsed = URL.canParse(value) ? new URL(value) : null;
  const isBare = parsed !== null && parsed.username === "" && parsed.password === "" && parsed.hash === "";
  if (parsed === null || !isBare || !/^https?:$/.test(parsed.protocol)) {
    return { problem: "is not an address such as https://host/path" };
  }
  if (/[{}<>$]/.test(value)) return { problem: "holds a placeholder that was not replaced" };
  return parsed.protocol === "http:" && !isLoopbackHost(parsed.hostname)
    ? { problem: "must be https; http is for loopback addresses only" }
    : { value };
}

/** A secret that is sent in a header. */
export const headerSecret = <const Given extends Options<Secret>>(given: Given) =>
  define<Secret, Given>(
    given,
    (value) =>
      /^[\x21-\x7e]+$/.test(value)
        ? { value: new Secret(value) }
        : { problem: "holds characters that cannot stand in a header" },
    { isSecret: true },
  );

export const secret = <const Given extends Options<Secret>>(given: Given) =>
  define<Secret, Given>(given, (value) => ({ value: new Secret(value) }), { isSecret: true });

/** Secrets between commas or line ends. */
export const secretList = <const Given extends Options<readonly Secret[]>>(given: Given) =>
  define<readonly Secret[], Given>(
    given,
    (value) => {
      const parts = readParts(value);
      return "problem" in parts ? parts : { value: parts.value.map((part) => new Secret(part)) };
    },
    { isSecret: true, shape: "lines" },
  );

/** A directory path. `~` and variables are not expanded. */
export const directory = <const Given extends Options<string>>(given: Given) =>
  define<string, Given>(given, (value) =>
    /^~|[$%{}]|:\/\//.test(value)
      ? { problem: "is not the path of a directory as it is: ~, $NAME and addresses are not understood" }
      : { value },
  );

const sslModes = ["disable", "allow", "prefer", "require", "verify-ca", "verify-full", "no-verify"];

function decodes(text: string): boolean {
  try {
    return typeof decodeURIComponent(text) === "string";
  } catch {
    return false;
  }
}

/** The URL of a PostgreSQL database. Checks what its driver would reject late or ignore silently. */
export const databaseUrl = <const Given extends Options<Secret>>(given: Given) =>
  define<Secret, Given>(given, readDatabaseUrl, { isSecret: true });

function readDatabaseUrl(value: string): Reading<Secret> {
  const shape = "is not an address such as postgres://user@host/database";
  if (!/^postgres(?:ql)?:\/\//.test(value)) return { problem: shape };
  const url = URL.canParse(value) ? new URL(value) : null;
  const isPlain = url !== null && url.hash === "" && decodes(url.username) && decodes(url.password);
  if (!isPlain) return { problem: `${shape}: in a password, # / ? @ : and % are written %23 %2F %3F %40 %3A and %25` };
  if (url.hostname.includes(",")) return { problem: `${shape}: it names several hosts, and only one is understood` };
  if (!/^\/[^/]+$/.test(url.pathname)) return { problem: `${shape}: it names no database` };
  const mode = url.searchParams.get("sslmode");
  return mode === null || sslModes.includes(mode)
    ? { value: new Secret(value) }
    : { problem: `has an sslmode that is none of ${sslModes.join(", ")}` };
}

/** Encryption keys between commas or line ends, each 32 bytes in base64 (RFC 4648, section 4). */
export const encryptionKeys = <const Given extends Options<readonly Secret[]>>(given: Given) =>
  define<readonly Secret[], Given>(given, listedEncryptionKeys, { isSecret: true, shape: "lines" });
