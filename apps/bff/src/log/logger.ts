import pino, { type Logger } from "pino";
import type { Redaction } from "./redaction.ts";

export type { Logger };

/** JSON lines with value-based redaction. Control characters cannot forge a line, since each line is one JSON document. */
export function createLogger(
  level: string,
  redaction: Redaction,
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(redaction.mask(line)) },
  );
}
