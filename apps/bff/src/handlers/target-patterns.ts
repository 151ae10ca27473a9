import { readHostPattern } from "../config/host-pattern.ts";
import { fieldRefusal } from "../errors/field-refusal.ts";

/** Normalizes the host patterns of the field `/targets`. Throws VALUE_INVALID for one that can never match. */
export function readTargetPatterns(patterns: readonly string[] | null): string[] | null {
  if (patterns === null) return null;
  return patterns.map((pattern, index) => {
    const read = readHostPattern(pattern.trim());
    if ("problem" in read) throw fieldRefusal("VALUE_INVALID", `/targets/${index}`);
    return read.value;
  });
}
