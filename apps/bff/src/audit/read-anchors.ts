import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import { logFields } from "../log/log-fields.ts";
import { anchorMessage } from "./audit-anchor.ts";
import type { AuditAnchors } from "./verify-audit.ts";

const anchorSchema = z.object({
  message: z.literal(anchorMessage),
  [logFields.seq.name]: z.int().check(z.minimum(1)),
  [logFields.hash.name]: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

function anchorOfLine(line: string): readonly [number, string] | null {
  try {
    const read = anchorSchema.safeParse(JSON.parse(line));
    return read.success ? [read.data[logFields.seq.name], read.data[logFields.hash.name]] : null;
  } catch {
    return null;
  }
}

/**
 * Reads anchors from "entry:hash", or from a log file of the dashboard. Throws a RangeError with a readable message when there is
 * none, or when two anchors have different hashes for one entry.
 */
export function readAnchors(text: string): AuditAnchors {
  const typed = /^([1-9][0-9]{0,14}):([0-9a-f]{64})$/.exec(text);
  if (typed?.[1] !== undefined && typed[2] !== undefined) return new Map([[Number(typed[1]), typed[2]]]);
  let lines: string[];
  try {
    lines = readFileSync(text, "utf8").split("\n");
  } catch {
    throw new RangeError(`${text} is neither an anchor such as 120:<64 hex digits> nor a readable log`);
  }
  const anchors = new Map<number, string>();
  for (const found of lines.map(anchorOfLine)) {
    if (found === null) continue;
    const [seq, hash] = found;
    if ((anchors.get(seq) ?? hash) !== hash) throw new RangeError(`${text} names two hashes for entry ${seq}`);
    anchors.set(seq, hash);
  }
  if (anchors.size === 0) throw new RangeError(`${text} holds no anchor`);
  return anchors;
}
