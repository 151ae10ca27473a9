import type { Judgement } from "./checks/check.ts";
import { requestHeaders } from "./fetch-page.ts";
import type { ScanRequest } from "./site-scanner.ts";

const redacted = "[REDACTED]";
const excerptBefore = 200;
const excerptAfter = 400;
const maxBodyShown = 600;
// Shorter values are not secrets, and redacting them would blank half the text.
const minSecretLength = 4;
const harmlessHeaders = new Set(["accept", "accept-language", "user-agent"]);

/** Returns the request and the relevant part of the response as text, without sign-in data. */
export function evidenceText(
  scan: Pick<ScanRequest, "headers" | "userAgent">,
  finding: Extract<Judgement, { kind: "finding" }>,
): string {
  const { request, page } = finding.exchange;
  const redact = createRedactor(scan.headers);
  const headers = [...requestHeaders(scan)].map(([name, value]) =>
    harmlessHeaders.has(name) ? `${name}: ${redact(value)}` : `${name}: ${redacted}`,
  );
  const lines = [
    redact(`${request.method} ${request.url.pathname}${request.url.search} HTTP/1.1`),
    `host: ${request.url.host}`,
    ...headers,
    ...(request.body === undefined ? [] : ["", redact(request.body).slice(0, maxBodyShown)]),
  ];
  if (page !== null) {
    lines.push("", redact(`HTTP/1.1 ${page.status} ${page.statusText}`.trim()), "");
    // Redacted before it is cut, so that no part of a secret remains at an edge.
    const before = redact(page.body.slice(0, finding.position)).slice(-excerptBefore);
    const after = redact(page.body.slice(finding.position)).slice(0, excerptAfter);
    lines.push(before + after);
  }
  // Control characters and lone surrogates are not text.
  return lines.join("\n").replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, "");
}

/** Returns a function that replaces values of the person's headers, whole or in part, plain or encoded, wherever echoed. */
function createRedactor(headers: Readonly<Record<string, string>>): (text: string) => string {
  const secrets = Object.entries(headers)
    .filter(([name]) => !harmlessHeaders.has(name.toLowerCase()))
    .flatMap(([, value]) => [value, ...value.split(/[;,\s]+/), ...value.split(/[;,\s]+/).map(afterEquals)])
    .map((secret) => secret.trim())
    .filter((secret) => secret.length >= minSecretLength);
  const spellings = new Set(
    secrets
      .flatMap((secret) => [secret, decode(secret)])
      .flatMap((secret) => [
        secret,
        encodeURIComponent(secret),
        escapeHtml(secret),
        JSON.stringify(secret).slice(1, -1),
      ]),
  );
  const longestFirst = [...spellings].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, spelling) => rest.replaceAll(spelling, redacted), text);
}

function afterEquals(pair: string): string {
  return pair.slice(pair.indexOf("=") + 1);
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
