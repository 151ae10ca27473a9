/** The vendor's three risk levels (docs/upstream-api.md section 10). There is never a fourth. */
export const severities = ["high", "medium", "low"] as const;
export type Severity = (typeof severities)[number];

const spellings = new Map<string, Severity>(
  Object.entries({
    high: "high",
    medium: "medium",
    middle: "medium",
    low: "low",
    상: "high",
    중: "medium",
    하: "low",
    上: "high",
    中: "medium",
    下: "low",
    高: "high",
    低: "low",
    높음: "high",
    중간: "medium",
    낮음: "low",
  } as const),
);

/** Reads a risk word in any spelling of the vendor's pages; `null` if it is none of the three. */
export function readSeverity(word: unknown): Severity | null {
  return typeof word === "string" ? (spellings.get(word.trim().toLowerCase()) ?? null) : null;
}
