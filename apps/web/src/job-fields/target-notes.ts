import { toUnicode } from "punycode/punycode.js";

const localName = /(^localhost$|\.localhost$|\.local$|\.internal$)/;
const localAddress =
  /^(127\.|10\.|192\.168\.|169\.254\.|0\.0\.0\.0$|172\.(1[6-9]|2\d|3[01])\.|\[::1\]$|\[f[cd][0-9a-f]{2}:|\[fe80:)/;

/** Whether a scanner on the internet cannot reach the host, judged by its name alone. */
export function isLocalHost(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return localName.test(hostname) || localAddress.test(hostname);
}

/** The ASCII form of an internationalised host name; `null` when it is the same. */
export function asciiHostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return hostname.includes("xn--") && !url.includes(hostname) ? hostname : null;
}

/** The Unicode form of a host name written in ASCII; `null` when it is the same. */
export function unicodeHostOf(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  const unicode = toUnicode(hostname);
  return unicode !== hostname && url.includes(hostname) ? unicode : null;
}

/** The text with https:// prepended, when that alone makes it a URL; otherwise `null`. */
export function withHttps(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === "" || /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) return null;
  const candidate = `https://${trimmed.replace(/^\/+/, "")}`;
  return /^https:\/\/[^\s/?#]+\.[^\s/?#.]+|^https:\/\/localhost/i.test(candidate) && URL.canParse(candidate)
    ? candidate
    : null;
}
