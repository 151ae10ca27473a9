import type { WordDigest } from "./mask-text.ts";

/** Replaces job numbers by others of the same length and order. */
export type IdMask = (id: string) => string;

/** `ids` are all that a file holds, digits without a leading zero. An id that is not among them is replaced by digits of its length. */
export function createIdMask(ids: Iterable<string>, digest: WordDigest): IdMask {
  const byLength = Map.groupBy(new Set(ids), (id) => id.length);
  const masked = new Map<string, string>();
  for (const [length, group] of byLength) {
    const lowest = length === 1 ? 1n : 10n ** BigInt(length - 1);
    const range = 10n ** BigInt(length) - lowest;
    const count = BigInt(group.length);
    const ordered = group.map((id) => BigInt(id)).sort((one, other) => (one < other ? -1 : one > other ? 1 : 0));
    for (const [index, id] of ordered.entries()) {
      // Each id gets its own part of the range, which keeps the order, and an unpredictable place in it.
      const from = (BigInt(index) * range) / count;
      const width = (BigInt(index + 1) * range) / count - from;
      const place = digest(`id ${id}`, 10).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n) % width;
      masked.set(String(id), String(lowest + from + place));
    }
  }
  return (id) => masked.get(id) ?? id.replace(/[0-9]/g, "1");
}
