import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const prefix = "wsc_";
const randomLength = 36;
const checksumLength = 6;

/** Full length: 4 characters prefix, 36 random ones (214 bits) and 6 of the checksum. */
const shape = /^wsc_[0-9A-Za-z]{42}$/;

/** CRC-32 of the preceding text in base 62 with leading zeros: detects malformed tokens without the database. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = "";
  for (let place = 0; place < checksumLength; place += 1) {
    digits = `${alphabet.charAt(rest % alphabet.length)}${digits}`;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}

/** The text of a new service token, which its creator sees once. */
export function createTokenText(): string {
  const random = Array.from({ length: randomLength }, () => alphabet.charAt(randomInt(alphabet.length))).join("");
  return `${prefix}${random}${checksumOf(`${prefix}${random}`)}`;
}

/** Whether a text has the format of a service token with a correct checksum. */
export function isTokenText(text: string): boolean {
  return shape.test(text) && text.slice(-checksumLength) === checksumOf(text.slice(0, -checksumLength));
}

/** The hash that the database stores. A slow hash is not needed: 214 random bits cannot be guessed. */
export function tokenHashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
