import { Secret } from "@wsc-dashboard/wsc-core/node";
import { partsOf, type Reading } from "./setting-text.ts";

/**
 * 32 bytes in base64 with its padding (RFC 4648, sections 3.2, 3.3 and 3.5): 43 characters of the alphabet and one "=". The two
 * unused bits of the last character are zero, so that a key has one spelling.
 */
const key = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const shape = "each key is 32 bytes in base64 and nothing else (openssl rand -base64 32)";

/** Why a part is not a key, with how to correct it. */
function hintOf(part: string): string {
  if (/^["'`].*["'`]$/.test(part)) return "stands in quotation marks; take them off";
  if (/^[0-9A-Fa-f]{64}$/.test(part)) return "is hexadecimal; write it in base64 (xxd -r -p | base64)";
  if (/^[A-Za-z0-9_-]{43}=?$/.test(part) && /[_-]/.test(part))
    return "is base64url; write + for - and / for _, and end it with =";
  if (/^[A-Za-z0-9+/]{43}$/.test(part)) return "lacks the = at its end";
  if (/[\s;|:]/.test(part)) return "holds a blank or another separator; part keys by commas or lines";
  if (/^[A-Za-z0-9+/]{43}=$/.test(part)) return "does not end as 32 bytes do: it is cut, or a character is mistyped";
  return `has ${part.length} characters instead of 44, or others than those of base64`;
}

/** Parses WSC_ENCRYPTION_KEYS. A problem names the key by its number, never by its text. */
export function listedEncryptionKeys(text: string): Reading<readonly Secret[]> {
  const parts = partsOf(text);
  if (parts.length === 0) return { problem: "holds no key" };
  const wrong = parts.findIndex((part) => !key.test(part));
  return wrong === -1
    ? { value: parts.map((part) => new Secret(part)) }
    : { problem: `${shape}; key ${wrong + 1} ${hintOf(parts[wrong] ?? "")}` };
}
