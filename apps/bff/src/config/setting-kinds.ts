import { type AuthMode, isMailAddress, isTimeZone } from "@wsc-dashboard/wsc-core";
import { Secret } from "@wsc-dashboard/wsc-core/node";
import { listedEncryptionKeys } from "./encryption-key-text.ts";
import { isLoopbackHost } from "./loopback.ts";
import { partsOf, type Reading, type TextShape } from "./setting-text.ts";

/** One variable of the environment: what it is for, what it accepts, and how its text is read. `Value`: null when unset. */
export interface Setting<Value> {
  readonly purpose: string;
  /** Its value comes from a file as well, and is shown nowhere. */
  readonly isSecret: boolean;
  /** Only read in these ways of authentication; `null`: in each. */
  readonly modes: readonly AuthMode[] | null;
  /** What an unset one stands for, as a person would write it; `null`: nothing. */
  readonly default: string | null;
  readonly shape: TextShape;
  /** What stands when it is unset, or wrong: nothing is started then, but other settings are still checked. */
  readonly unset: Value;
  /** What is accepted, for the documentation; empty: see the purpose. */
  readonly accepts: string;
  readonly read: (text: string) => Reading<NonNullable<Value>>;
}

export interface Options<Default> {
  readonly purpose: string;
  readonly modes?: readonly AuthMode[];
  readonly default?: Default;
}

/** Never null when there is a default. */
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

/** `30m` as milliseconds, for the sentence that says how to write it. */
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

/** A time in milliseconds, `min` to `max`. */
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

/** JSON; its content is parsed elsewhere. */
export const json = <const Given extends Options<string>>(given: Given) =>
  define<string, Given>(given, (value) => ({ value }), { shape: "json" });

/** One of a few words. */
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

/** The parts of a list that is set: one that holds none would stand for "unset", which often means "everything". */
function readParts(value: string): Reading<string[]> {
  const parts = partsOf(value);
  return parts.length === 0
    ? { problem: "holds nothing between its commas; leave it unset instead" }
    : { value: parts };
}

/** Parts between commas or line ends. */
export const list = <const Given extends Options<readonly string[]>>(given: Given) =>
  define<readonly string[], Given>(given, readParts, { shape: "lines" });

/** Parts between commas or line ends, each read by itself. Names the first that is wrong by its number. */
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

/** An address to listen on: a name or an address, without scheme and port. */
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

/** Scheme, host and port; https everywhere, http on this machine only (`anyHttp`: http anywhere). */
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

/** An absolute address; https everywhere, http on this machine only. Kept as it was written. */
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

/** A directory. No shell replaces `~` or names of variables in it. */
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

/** The address of a PostgreSQL database, with what its driver would fail on later or pass over in silence. */
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

/** Encryption keys between commas or line ends, each 32 bytes in base64 (RFC 4648, section 4) and nothing else. */
export const encryptionKeys = <const Given extends Options<readonly Secret[]>>(given: Given) =>
  define<readonly Secret[], Given>(given, listedEncryptionKeys, { isSecret: true, shape: "lines" });
