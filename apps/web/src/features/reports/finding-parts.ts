import type { Finding } from "@wsc-dashboard/wsc-core";

/** Parts the browser can leave out of layout as a whole: watching thousands of rows one by one costs more than they do. */
export function partsOf(findings: readonly Finding[], length: number): readonly (readonly Finding[])[] {
  const count = Math.ceil(findings.length / length);
  return Array.from({ length: count }, (_, part) => findings.slice(part * length, (part + 1) * length));
}

/**
 * Which findings of a part are wanted, a sign for each, or nothing when none is: as one text, so that a part that stays as it
 * is need not be drawn again.
 */
export function wantedIn(part: readonly Finding[], wanted: ReadonlySet<string>): string {
  const signs = part.map(({ number }) => (wanted.has(number) ? "+" : "-")).join("");
  return signs.includes("+") ? signs : "";
}

/** Whether the filters hide one row of a part. In a part that is hidden as a whole no row needs to be. */
export function isRowHidden(signs: string, index: number): boolean {
  return signs[index] === "-";
}
