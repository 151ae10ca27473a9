import { randomInt } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A word that no page contains by chance. Lower-case letters and digits only, beginning with a letter, so
 * that it survives every encoding and is also a valid element and attribute name.
 */
export function createMarker(): string {
  return `wscx${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("")}`;
}
