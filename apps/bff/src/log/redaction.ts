import { createLiteralSearch, replaceLiterals } from "@wsc-dashboard/wsc-core";
import type { Secret } from "@wsc-dashboard/wsc-core/node";

const mask = "[redacted]";
/** Shorter values would blacken half of every line. */
const minLength = 4;

/** Service tokens are told by their form, since the database knows only their hashes. */
const anyToken = /wsc_[0-9A-Za-z]{42}/g;

/** Every spelling in which a secret could slip into a line of JSON. */
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

/** What must not be seen in a line. It only grows: a key that was replaced is still a secret. */
export interface Redaction {
  hide(secrets: readonly Secret[]): void;
  /** The line with every hidden value masked, in whatever field or sentence it turns up. */
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
