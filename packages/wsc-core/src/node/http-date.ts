/** The two forms of an HTTP date that name their zone, and the instants of RFC 3339 that some senders write instead. */
const withZone =
  /^(?:[a-z]{3}, \d{2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} gmt|[a-z]{6,9}, \d{2}-[a-z]{3}-\d{2} \d{2}:\d{2}:\d{2} gmt|\d{4}-\d{2}-\d{2}t\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:z|[+-]\d{2}:\d{2}))$/i;
/** The form of C's asctime, which is in GMT without saying so. */
const withoutZone = /^[a-z]{3} [a-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/i;

/**
 * An HTTP date (RFC 9110 section 5.6.7) in milliseconds; NaN for any other text. `Date.parse` alone would read texts without a
 * zone in that of this machine, and numbers as years.
 */
export function readHttpDate(text: string): number {
  if (withZone.test(text)) return Date.parse(text);
  return withoutZone.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
}
