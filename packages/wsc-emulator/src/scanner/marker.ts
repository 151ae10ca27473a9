import { randomInt } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * Returns a word that no page contains by chance: lower-case letters and digits, starting with a letter, so that it survives
 * every encoding and is a valid element and attribute name.
 */
export function createMarker(): string {
  return `wscx${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("")}`;
}
