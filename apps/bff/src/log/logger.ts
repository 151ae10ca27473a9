import pino, { type Logger } from "pino";
import { toEcs } from "./log-fields.ts";
import type { Redaction } from "./redaction.ts";

export type { Logger };

const ecsVersion = "8.17.0";
export const serviceName = "wsc-dashboard";

/** The current time in RFC 3339; the text is cached per second. */
function createTimestamp(): () => string {
  let second = Number.NaN;
  let text = "";
  return () => {
    const now = Date.now();
    const ms = now % 1000;
    if (now - ms !== second) {
      second = now - ms;
      text = new Date(second).toISOString().slice(0, -4);
    }
    return `,"@timestamp":"${text}${String(ms).padStart(3, "0")}Z"`;
  };
}

/**
 * Logs JSON lines in the Elastic Common Schema, with value-based redaction. Each line is one JSON document, so control characters
 * cannot forge lines.
 */
export function createLogger(
  level: string,
  redaction: Redaction,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger {
  return pino(
    {
      level,
      base: { "ecs.version": ecsVersion, "service.name": serviceName },
      messageKey: "message",
      timestamp: createTimestamp(),
      formatters: { level: (label) => ({ "log.level": label }), bindings: toEcs, log: toEcs },
    },
    { write: (line: string) => write(redaction.mask(line)) },
  );
}
