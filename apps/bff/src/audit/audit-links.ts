import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";

/** The hash that precedes the first link. */
export const genesis = "0".repeat(64);

const mac = (key: KeyObject, text: string): string => createHmac("sha256", key).update(text).digest("hex");

/**
 * The MAC of an entry. It covers the mark of the preceding head: truncating the chain and resetting the head without the key is
 * detected even after the server has appended more entries.
 */
export const linkOf = (key: KeyObject, previous: string, mark: string, seq: number, entry: string): string =>
  mac(key, `link\n${previous}\n${mark}\n${seq}\n${entry}`);

export const headMarkOf = (key: KeyObject, seq: number, hash: string): string => mac(key, `head\n${seq}\n${hash}`);

export const isSame = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
