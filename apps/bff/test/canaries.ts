import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { spellings } from "../src/log/redaction.ts";

/** All encodings of a secret, including some that log redaction does not look for. */
function waysToWrite(secret: string): string[] {
  const reversed = [...secret].reverse().join("");
  const form = new URLSearchParams({ s: secret }).toString().slice(2);
  // The base64 of a secret inside a longer text depends on its offset modulo 3.
  const inside = [0, 1, 2].map((before) => {
    const text = Buffer.from("x".repeat(before) + secret).toString("base64");
    return text.slice(before === 0 ? 0 : 4, Math.floor((before + secret.length) / 3) * 4);
  });
  return [...new Set([...spellings(secret), reversed, form, ...inside])].filter((text) => text.length >= 8);
}

/** Returns a search for named secrets; it returns each match as "name (spelling)". */
export function createCanarySearch(secrets: Readonly<Record<string, string>>): (text: string) => string[] {
  const ways = Object.entries(secrets).flatMap(([name, secret]) =>
    waysToWrite(secret).map((spelling) => [name, spelling] as const),
  );
  return (text) => ways.flatMap(([name, spelling]) => (text.includes(spelling) ? [`${name} (${spelling})`] : []));
}

/** The current bytes on disk of every file below a directory, by name. */
export function rawFiles(directory: string): Map<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true });
  return new Map(
    names
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name)).toString("latin1")]),
  );
}

/** Target credentials in both forms, as people would type them. */
export const targetSecrets = {
  targetCookie: "SID=canary-cookie-5e81c0",
  targetHeader: "Bearer canary-header-77b1f2",
  targetUser: "canary-user-2c90d4",
  targetPassword: "canary pässword&4f+1a=",
  targetExtra: "canary-extra-0d6e3b",
} as const;

export const headerSignIn = {
  kind: "headers",
  headers: { Cookie: targetSecrets.targetCookie, Authorization: targetSecrets.targetHeader },
} as const;

export const formSignIn = {
  kind: "form",
  actionUrl: "http://127.0.0.1:9/login",
  idParam: "id",
  idValue: targetSecrets.targetUser,
  passwordParam: "pw",
  passwordValue: targetSecrets.targetPassword,
  extra: { token: targetSecrets.targetExtra },
} as const;
