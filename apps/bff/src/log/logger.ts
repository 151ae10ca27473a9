import pino, { type Logger } from "pino";
import type { Redaction } from "./redaction.ts";

export type { Logger };

/** The present instant in RFC 3339; the text of a second is written once. */
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
    return `,"time":"${text}${String(ms).padStart(3, "0")}Z"`;
  };
}

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
      timestamp: createTimestamp(),
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(redaction.mask(line)) },
  );
}
