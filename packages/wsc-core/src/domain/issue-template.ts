import { readWebUrl } from "./target.ts";

/** Placeholders of a URL template, written `{name}`. */
export const issuePlaceholders = ["title", "body", "severity", "host", "link"] as const;
export type IssuePlaceholder = (typeof issuePlaceholders)[number];
export type IssueValues = Readonly<Record<IssuePlaceholder, string>>;

/** Trackers and proxies accept URLs of about this length, in characters. */
const maxAddressLength = 8_000;
const placeholder = /\{([^{}]*)\}/g;

const isPlaceholder = (name: string): name is IssuePlaceholder => issuePlaceholders.some((known) => known === name);
const fill = (template: string, textOf: (name: IssuePlaceholder) => string): string =>
  template.replace(placeholder, (whole, name: string) => (isPlaceholder(name) ? textOf(name) : whole));

/**
 * Returns whether a text is a URL template: an https URL that every parser reads alike, without user name and password, with known
 * placeholders after the host only, so that a finding cannot decide where a person is sent.
 */
export function isIssueTemplate(text: string): boolean {
  if (!/^https:\/\/[^/?#{}@]+[/?#]/i.test(text)) return false;
  const filled = fill(text, () => "x");
  const href = /[{}]/.test(filled) ? null : readWebUrl(filled);
  // The template is kept as typed, so its host is written as it is used.
  return href !== null && filled.toLowerCase().startsWith(`https://${new URL(href).host}`);
}

/** Returns the URL with every value percent-encoded. A body that makes it too long is truncated. */
export function fillIssueTemplate(template: string, values: IssueValues): string {
  const encoded = (text: string): string =>
    encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  const address = (body: string): string => fill(template, (name) => encoded(name === "body" ? body : values[name]));
  let body = values.body.slice(0, maxAddressLength);
  while (body !== "" && address(body).length > maxAddressLength) body = body.slice(0, Math.floor(body.length * 0.8));
  return address(body);
}
