import { createLiteralSearch, replaceLiterals } from "../domain/literal-search.ts";
import { redacted } from "../domain/redacted.ts";
import { readsAsNone } from "./none-words.ts";
import { isWireObject } from "./wire-values.ts";

/** Masking shorter values (a language, a flag) would blank ordinary words. */
const minSecretLength = 6;
/** Values of header lines in evidence are not declared as secrets; only values shaped like a session id are treated as such. */
const sessionIdShape = /^[A-Za-z0-9._~+/=%-]{16,}(?=$|[\s'"])/;
/** A longer text is sign-in data. */
const maxLabelledLength = 300;
/** A session has a handful of ids; more would only slow down reading. Header lines beyond the limit are still masked. */
const maxQuoted = 200;
/** More sign-in data than this, in UTF-16 units of all its spellings, is not looked for. */
const maxSecretUnits = 300_000;
/** Returned when there is more sign-in data than can be searched for. */
export const tooManySecrets = Symbol("too many secrets");
/** Cookie attributes, which are not values. */
const cookieAttributes =
  /^(?:path|domain|expires|max-age|samesite|priority|version|secure|httponly|partitioned)(?:=|$)/i;
const credentialHeader = /^(?:cookie2?|set-cookie2?|authorization|proxy-authorization|x-api-key)[ \t]*:/i;

/** A credential header in a text: at the start of a line, or anywhere if a value-like text follows. */
export const credentialHeaderIn =
  /((?:^|[\r\n>'"]|\\r|\\n)[ \t]*(?:cookie2?|set-cookie2?|authorization|proxy-authorization|x-api-key)[ \t]*:|\b(?:cookie2?|set-cookie2?)[ \t]*:(?=[ \t]*[^\s=;,:]+=)|\b(?:proxy-)?authorization[ \t]*:(?=[ \t]*(?:basic|bearer|digest|negotiate)\b))((?:(?!\\r|\\n)[^\r\n])*)/gi;

/** Every text and number inside a value. */
export function leavesOf(value: unknown): string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [value.trim()];
  if (typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isWireObject(value) ? Object.values(value).flatMap(leavesOf) : [];
}

/**
 * Whether a text says that no sign-in was used, also part by part behind labels ("Cookie: 없음", "ID: -, PW: -"): a label or header
 * name is no value.
 */
export function saysNoSignIn(text: string): boolean {
  if (readsAsNone(text)) return true;
  if (text.length > maxLabelledLength) return false;
  return text.split(/[,;/|\n]/).every((part) => readsAsNone(part.replace(/^[^:=]{1,60}[:=]/, "")));
}

/** Sign-in data in `Login_Info` may be JSON in a string. */
function unwrap(text: string): string[] {
  if (!/^[[{]/.test(text)) return [text];
  try {
    return leavesOf(JSON.parse(text));
  } catch {
    return [text];
  }
}

/** Splits `Cookie: a=b; c=d` into the whole, each pair and each value. */
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

/** Returns the encodings in which sites and scanners write a value. */
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

/** Values already masked by the vendor ("********"): searching for them would only blank evidence. */
const isHiddenAlready = (text: string): boolean => /^[*\u2022\u25cf\u2219\u00b7x]+$/iu.test(text);

const wordUnit = /[\w-]/;
const isWholeWord = (text: string, start: number, end: number): boolean =>
  !wordUnit.test(text.charAt(start - 1)) && !wordUnit.test(text.charAt(end));

/** Session ids found in header lines of the texts. */
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
 * Creates a function that masks, in a text, the sign-in data of `Login_Info` and the values of credential headers found in the
 * texts. Returns `null` when there is nothing to mask; words for "none" are not secrets.
 */
export function createSignInMask(
  loginInfo: unknown,
  texts: readonly string[],
): ((text: string) => string) | null | typeof tooManySecrets {
  const announced = leavesOf(loginInfo)
    .flatMap(unwrap)
    .filter((text) => !saysNoSignIn(text))
    .flatMap((text) => text.split(/\r?\n|\\r|\\n/).map(partsOf));
  if (announced.reduce((sum, { pairs }) => sum + lengthOf(pairs), 0) > maxSecretUnits) return tooManySecrets;
  const parts = announced.flatMap(({ pairs, values }) => [...pairs, ...values]);
  const whole = [...new Set([...parts, ...quotedIds(texts)].filter(isSecret).flatMap(spellingsOf))];
  // A short value is masked only together with its name, and not as part of a longer word.
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
