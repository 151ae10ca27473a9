import type { Secret } from "@wsc-dashboard/wsc-core/node";
import pino, { type Logger } from "pino";

export type { Logger };

const mask = "[redacted]";

/** Every spelling in which a secret could slip into a line of JSON. */
export function spellings(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const json = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    json,
    encodeURIComponent(secret),
    bytes.toString("base64"),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}

/**
 * JSON lines with value-based redaction: whatever field or sentence a secret turns up in, it is masked.
 * Control characters cannot forge a line, since each line is one JSON document.
 */
export function createLogger(
  level: string,
  secrets: readonly Secret[],
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger {
  const values = [...new Set(secrets.flatMap((secret) => spellings(secret.reveal())))]
    .filter((value) => value.length >= 4)
    .sort((a, b) => b.length - a.length);
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(values.reduce((rest, value) => rest.replaceAll(value, mask), line)) },
  );
}
