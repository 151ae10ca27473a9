/** The two HTTP date formats with an explicit zone, and RFC 3339 instants, which some senders write instead. */
const withZone =
  /^(?:[a-z]{3}, \d{2} [a-z]{3} \d{4} \d{2}:\d{2}:\d{2} gmt|[a-z]{6,9}, \d{2}-[a-z]{3}-\d{2} \d{2}:\d{2}:\d{2} gmt|\d{4}-\d{2}-\d{2}t\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:z|[+-]\d{2}:\d{2}))$/i;
/** The asctime format of C, implicitly in GMT. */
const withoutZone = /^[a-z]{3} [a-z]{3} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/i;

/**
 * Parses an HTTP date (RFC 9110 section 5.6.7) to milliseconds; NaN for any other text. `Date.parse` alone would read a text
 * without a zone in this machine's zone, and numbers as years.
 */
export function readHttpDate(text: string): number {
  if (withZone.test(text)) return Date.parse(text);
  return withoutZone.test(text) ? Date.parse(`${text} GMT`) : Number.NaN;
}
