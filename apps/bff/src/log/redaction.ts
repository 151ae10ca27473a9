import { createLiteralSearch, replaceLiterals } from "@wsc-dashboard/wsc-core";
import type { Secret } from "@wsc-dashboard/wsc-core/node";

const mask = "[redacted]";
/** Masking shorter values would make lines unreadable. */
const minLength = 4;

/** Service tokens are recognised by format, since the database stores only hashes. */
const anyToken = /wsc_[0-9A-Za-z]{42}/g;

/** All encodings in which a secret could appear in a JSON line. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    encodeURIComponent(secret),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}

/** The values to mask. It only grows: a replaced key is still a secret. */
export interface Redaction {
  hide(secrets: readonly Secret[]): void;
  /** Masks every hidden value in the line, wherever it occurs. */
  mask(line: string): string;
}

export function createRedaction(secrets: readonly Secret[]): Redaction {
  const known = new Set<string>();
  let search = createLiteralSearch([]);
  const redaction: Redaction = {
    hide(more) {
      for (const value of more.flatMap((secret) => spellings(secret.reveal()))) {
        if (value.length >= minLength) known.add(value);
      }
      search = createLiteralSearch([...known]);
    },
    mask: (line) => replaceLiterals(line, search, mask).replace(anyToken, mask),
  };
  redaction.hide(secrets);
  return redaction;
}
