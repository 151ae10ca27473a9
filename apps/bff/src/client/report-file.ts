import { writeFileSync } from "node:fs";
import { ClientFailure } from "./exit-code.ts";
import type { FindingCounts } from "./severity-limit.ts";

/** Writes a report readable by the owner only, since it describes vulnerabilities. */
export function saveReportFile(file: string, content: Uint8Array): void {
  try {
    writeFileSync(file, content, { mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new ClientFailure("usage", `${file} cannot be written (${code})`);
  }
}

export function countsText({ high, medium, low, unknown }: FindingCounts): string {
  const others = unknown === 0 ? "" : `, ${unknown} of unknown severity`;
  return `${high} high, ${medium} medium, ${low} low${others}`;
}
