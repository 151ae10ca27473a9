/** A benchmark's measurement, as a row of the table that `npm run bench` prints. */
import { availableParallelism, loadavg } from "node:os";

export interface Row {
  readonly what: string;
  /** Smaller is better. */
  readonly seen: number;
  readonly goal: number;
  /** `×` for a ratio. */
  readonly unit: "×" | "ms" | "kB" | "%" | "calls" | "";
}

const digitsOf = (value: number): number => (Number.isInteger(value) ? 0 : value < 10 ? 2 : 1);

/** The row as one line. */
export const rowText = ({ what, seen, goal, unit }: Row): string =>
  `${seen <= goal ? "reached" : "MISSED "}  ${what}: ${seen.toFixed(digitsOf(seen))} ${unit} (goal ${goal} ${unit})`;

/** Prints the row and sends it to `npm run bench`, if that is the parent. A missed goal sets the exit code to 1. */
export function tellRow(row: Row): void {
  process.stdout.write(`${rowText(row)}\n`);
  process.send?.({ row });
  // Written so that NaN, a failed measurement, counts as missed.
  if (!(row.seen <= row.goal)) process.exitCode = 1;
}

/** Prints the load of the machine: on a busy one, times say little; ratios are affected less. */
export function tellLoad(): void {
  const [load = 0] = loadavg();
  process.stdout.write(`load ${load.toFixed(1)} on ${availableParallelism()} cores\n`);
}
