/**
 * Returns the concatenated parts in memory that threads share: posting it to another thread does not copy it, which would take
 * milliseconds for each megabyte. It must not be written afterwards.
 */
export function sharedBytes(...parts: readonly Uint8Array[]): Buffer {
  const bytes = Buffer.from(new SharedArrayBuffer(parts.reduce((length, part) => length + part.length, 0)));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
