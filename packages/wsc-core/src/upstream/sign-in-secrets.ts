import { createLiteralSearch, replaceLiterals } from "../domain/literal-search.ts";
import { redacted } from "../domain/redacted.ts";
import { readsAsNone } from "./none-words.ts";
import { isWireObject } from "./wire-values.ts";

/** Shorter values (a language, a flag) would blank ordinary words. */
const minSecretLength = 6;
/** Values of header lines in evidence are not announced as secrets; only what looks like an id of a session is taken for one. */
const sessionIdShape = /^[A-Za-z0-9._~+/=%-]{16,}(?=$|[\s'"])/;
/** A session has a handful of ids; more would only make reading slow. Beyond it the header lines themselves still go. */
const maxQuoted = 200;
/** More sign-in data than this, in UTF-16 units of all its spellings, is not looked for. */
const maxSecretUnits = 300_000;
/** Stands for sign-in data that is more than can be looked for. */
export const tooManySecrets = Symbol("too many secrets");
/** Parts of a cookie that say how it is to be kept. */
const cookieAttributes =
  /^(?:path|domain|expires|max-age|samesite|priority|version|secure|httponly|partitioned)(?:=|$)/i;
const credentialHeader = /^(?:cookie2?|set-cookie2?|authorization|proxy-authorization|x-api-key)[ \t]*:/i;

/** A credential header anywhere in a text: at the start of a line, or in its middle when a value follows that looks like one. */
export const credentialHeaderIn =
  /((?:^|[\r\n>'"]|\\r|\\n)[ \t]*(?:cookie2?|set-cookie2?|authorization|proxy-authorization|x-api-key)[ \t]*:|\b(?:cookie2?|set-cookie2?)[ \t]*:(?=[ \t]*[^\s=;,:]+=)|\b(?:proxy-)?authorization[ \t]*:(?=[ \t]*(?:basic|bearer|digest|negotiate)\b))((?:(?!\\r|\\n)[^\r\n])*)/gi;

/** Every text and number inside a value. */
export function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [value.trim()];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isWireObject(value) ? Object.values(value).flatMap(leavesOf) : [];
}

/** The sign-in data of `Login_Info` may itself be JSON in a string. */
function unwrap(text: string): string[] {
  if (!/^[[{]/.test(text)) return [text];
  try {
    return leavesOf(JSON.parse(text));
  } catch {
    return [text];
  }
}

/** `Cookie: a=b; c=d` → the whole, each pair, each value. */
function partsOf(line: string): { pairs: string[]; values: string[] } {
  const bare = line.replace(credentialHeader, "").trim();
  const pairs = bare
    .split(/[;,]/)
    .map((pair) => pair.trim())
    .filter((pair) => pair !== "" && !cookieAttributes.test(pair));
  const values = pairs.flatMap((pair) => {
    const value = pair.replace(/^(?:basic|bearer|digest|token)\s+/i, "").replace(/^[^=:]*[=:]\s*/, "");
    return [value, value.replace(/^(["'])(.*)\1$/, "$2")];
  });
  return { pairs: [bare, ...pairs], values };
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The ways in which sites and scanners write the same value. */
function spellingsOf(secret: string): string[] {
  return [secret, decode(secret)].flatMap((plain) => {
    const encoded = encodeURIComponent(plain.replace(/\p{Surrogate}/gu, "\ufffd"));
    return [
      plain,
      encoded,
      encoded.replace(/%[0-9A-F]{2}/g, (sign) => sign.toLowerCase()),
      encoded.replaceAll("%20", "+"),
      encodeURIComponent(encoded),
      plain.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign),
      JSON.stringify(plain).slice(1, -1),
    ];
  });
}

/** The vendor's own masking ("********"): signs of ordinary text, which would only blacken evidence. */
const isHiddenAlready = (text: string): boolean => /^[*\u2022\u25cf\u2219\u00b7x]+$/iu.test(text);

const wordUnit = /[\w-]/;
const isWholeWord = (text: string, start: number, end: number): boolean =>
  !wordUnit.test(text.charAt(start - 1)) && !wordUnit.test(text.charAt(end));

/** Ids of sessions that header lines of the texts quote. */
function quotedIds(texts: readonly string[]): Set<string> {
  const quoted = new Set<string>();
  for (const text of texts) {
    for (const [, , value = ""] of text.matchAll(credentialHeaderIn)) {
      for (const part of partsOf(value).values) {
        const [id] = sessionIdShape.exec(part) ?? [];
        if (id !== undefined && quoted.size < maxQuoted) quoted.add(id);
      }
    }
  }
  return quoted;
}

const isSecret = (part: string): boolean =>
  part.length >= minSecretLength && !/^https?:/i.test(part) && !isHiddenAlready(part) && !readsAsNone(part);
const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);

/**
 * Takes everything out of a text that has to be taken out of a report: what `Login_Info` says, and the values of credential headers
 * that its texts quote. `null` when there is nothing; words for "none" are no secrets.
 */
export function createSignInMask(
  loginInfo: unknown,
  texts: readonly string[],
): ((text: string) => string) | null | typeof tooManySecrets {
  const announced = leavesOf(loginInfo)
    .flatMap(unwrap)
    .filter((text) => !readsAsNone(text))
    .flatMap((text) => text.split(/\r?\n|\\r|\\n/).map(partsOf));
  if (announced.reduce((sum, { pairs }) => sum + lengthOf(pairs), 0) > maxSecretUnits) return tooManySecrets;
  const parts = announced.flatMap(({ pairs, values }) => [...pairs, ...values]);
  const whole = [...new Set([...parts, ...quotedIds(texts)].filter(isSecret).flatMap(spellingsOf))];
  // A short value is secret together with its name, and not as a part of a longer word.
  const short = new Set(
    announced
      .flatMap(({ pairs }) => pairs)
      .filter((pair) => pair.length < minSecretLength && /^[^=:]+[=:]\s*\S/.test(pair))
      .flatMap(spellingsOf),
  );
  const literals = [...whole, ...short];
  if (lengthOf(literals) > maxSecretUnits) return tooManySecrets;
  if (literals.length === 0) return null;
  const search = createLiteralSearch(literals);
  return (text) =>
    replaceLiterals(
      text,
      search,
      redacted,
      (start, end, index) => index < whole.length || isWholeWord(text, start, end),
    );
}
