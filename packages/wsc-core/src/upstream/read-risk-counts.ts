import type { RiskCounts } from "../api/reports.ts";
import { isWireObject, readNumber, readText } from "./wire-values.ts";

const noCounts: RiskCounts = { total: null, high: null, medium: null, low: null };
const countNames = { total: /^total$/i, high: /^high$/i, medium: /^(medium|middle)$/i, low: /^low$/i } as const;
const countKeys = ["total", "high", "medium", "low"] as const;

/** Names under which a row of a list says what it counts. */
export const labelName = /^(domain|host|item|vulnerability|vulntitle|category|name|title)$/i;

/** The vendor's counts; `odd` when the value says anything that they do not hold. */
export function readRiskCounts(value: unknown): { counts: RiskCounts; odd: boolean } {
  if (!isWireObject(value))
    return { counts: { ...noCounts, total: readNumber(value) }, odd: readNumber(value) === null };
  const counts = { ...noCounts };
  let odd = false;
  for (const [name, member] of Object.entries(value)) {
    const key = countKeys.find((candidate) => countNames[candidate].test(name));
    const number = readNumber(member);
    if (key === undefined || number === null || counts[key] !== null) odd ||= !labelName.test(name);
    else counts[key] = number;
  }
  return { counts, odd };
}

const hasCounts = (counts: RiskCounts): boolean => countKeys.some((key) => counts[key] !== null);

type CountRow = RiskCounts & { label: string };

/** Name → counts, or a list of objects that carry a name; `odd` when some part has neither shape. */
export function readCountTable(value: unknown): { rows: CountRow[]; odd: boolean } {
  const members: (readonly [string | null, unknown])[] = Array.isArray(value)
    ? value.map((member) => [labelOf(member), member] as const)
    : isWireObject(value)
      ? Object.entries(value)
      : [];
  const rows: CountRow[] = [];
  let odd = !Array.isArray(value) && !isWireObject(value);
  for (const [label, member] of members) {
    const { counts, odd: oddCounts } = readRiskCounts(member);
    odd ||= oddCounts || label === null || !hasCounts(counts);
    if (label !== null && hasCounts(counts)) rows.push({ label, ...counts });
  }
  return { rows, odd };
}

function labelOf(member: unknown): string | null {
  if (!isWireObject(member)) return null;
  return readText(Object.entries(member).find(([name]) => labelName.test(name))?.[1]);
}
