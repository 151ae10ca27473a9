import { createHmac, type KeyObject, timingSafeEqual } from "node:crypto";

/** Before the first link. */
export const genesis = "0".repeat(64);

const mac = (key: KeyObject, text: string): string => createHmac("sha256", key).update(text).digest("hex");

/**
 * The mark of the head that an entry was put on is part of its link: truncating the chain and resetting the head without
 * the key is found out even after the server has gone on writing.
 */
export const linkOf = (key: KeyObject, previous: string, mark: string, seq: number, entry: string): string =>
  mac(key, `link\n${previous}\n${mark}\n${seq}\n${entry}`);

export const headMarkOf = (key: KeyObject, seq: number, hash: string): string => mac(key, `head\n${seq}\n${hash}`);

export const isSame = (left: string, right: string): boolean =>
  left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
