import { isWireObject } from "./wire-values.ts";

/** What stands where sign-in data stood. */
export const redacted = "[REDACTED]";

const secretHeaderLine = /^([ \t>]*(?:cookie|set-cookie|authorization|proxy-authorization|x-api-key)[ \t]*:).*$/gim;
const secretFieldName = /login|sign_?in|cookie|passw|credential|authorization|session|token|secret/i;
/** Shorter values (a language, a flag) would blank ordinary words. */
const shortestSecret = 6;

function leaves(value: unknown): string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [value.trim()];
  if (typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}

function secretsIn(loginInfo: unknown): string[] {
  const texts = leaves(loginInfo);
  const parts = texts.flatMap((text) =>
    text.split(/[;\r\n]+/).flatMap((pair) => [pair, pair.replace(/^[^=:]*[=:]/, "")]),
  );
  const values = parts.map((part) => part.trim()).filter((part) => part.length >= shortestSecret);
  return [...new Set([...texts.filter((text) => text.length >= shortestSecret), ...values])].sort(
    (a, b) => b.length - a.length,
  );
}

/** Whether the report says that sign-in data was used (contract section 10, `Login_Info`). */
export function saysSignInUsed(loginInfo: unknown): boolean {
  return leaves(loginInfo).some((text) => !/^(-|none|n\/a|null|no)$/i.test(text));
}

/**
 * Makes a function that takes sign-in data out of anything that came with it: the values of `Login_Info` wherever they
 * appear (also percent-encoded), header lines that carry credentials, and fields whose name says so. Shapes are kept.
 */
export function signInRedactor(loginInfo: unknown): (value: unknown) => unknown {
  const secrets = secretsIn(loginInfo).flatMap((secret) => [
    secret,
    encodeURIComponent(secret.replace(/\p{Surrogate}/gu, "\ufffd")),
  ]);
  const text = (value: string): string =>
    secrets
      .reduce((rest, secret) => rest.replaceAll(secret, redacted), value)
      .replace(secretHeaderLine, `$1 ${redacted}`);
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) return value.map(clean);
    if (!isWireObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        text(name),
        secretFieldName.test(name) && !isWireObject(member) && !Array.isArray(member) && leaves(member).length > 0
          ? redacted
          : clean(member),
      ]),
    );
  };
  return clean;
}
