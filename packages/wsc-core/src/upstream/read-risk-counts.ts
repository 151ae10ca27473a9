import type { RiskCounts } from "../domain/report.ts";
import { isGenericName } from "./generic-names.ts";
import { saysNone } from "./none-words.ts";
import { isWireObject, readCount, readText } from "./wire-values.ts";

const noCounts: RiskCounts = { total: null, high: null, medium: null, low: null };
const countNames = { total: /^total$/i, high: /^high$/i, medium: /^(medium|middle|mid)$/i, low: /^low$/i } as const;
const countKeys = ["total", "high", "medium", "low"] as const;

/** Fields that name what a row of a list counts. */
export const labelName = /^(domain|host|item|vulnerability|vulntitle|category|name|title)$/i;

/**
 * Reads the vendor's counts; `odd` if the value holds anything else. A row is read whole or not at all: one unreadable or
 * repeated count leaves all four empty.
 */
export function readRiskCounts(value: unknown): { counts: RiskCounts; odd: boolean } {
  if (!isWireObject(value)) {
    const total = readCount(value);
    return { counts: { ...noCounts, total }, odd: total === null };
  }
  const counts = { ...noCounts };
  let odd = false;
  let isWhole = true;
  for (const [name, member] of Object.entries(value)) {
    const key = countKeys.find((candidate) => countNames[candidate].test(name));
    if (key === undefined) odd ||= !labelName.test(name);
    else {
      const count = readCount(member);
      if (count === null || counts[key] !== null) isWhole = false;
      counts[key] = count;
    }
  }
  return isWhole ? { counts, odd } : { counts: { ...noCounts }, odd: true };
}

const hasCounts = (counts: RiskCounts): boolean => countKeys.some((key) => counts[key] !== null);

type CountRow = RiskCounts & { label: string };

/**
 * Reads name → counts, or a list of objects with a name; `odd` if a part has neither shape. A row's own name takes precedence
 * over its key; names of counts, lists and indexes, and words for "none", are not row names. `isLabel` rejects further names; `isBareCount`: only a
 * number is beside the name.
 */
export function readCountTable(
  value: unknown,
  isLabel: (label: string, isBareCount: boolean) => boolean = () => true,
): { rows: CountRow[]; odd: boolean } {
  const members: (readonly [string | null, unknown])[] = Array.isArray(value)
    ? value.map((member) => [labelOf(member), member] as const)
    : isWireObject(value)
      ? Object.entries(value).map(([name, member]) => [labelOf(member) ?? name, member] as const)
      : [];
  const rows: CountRow[] = [];
  const labels = new Set<string>();
  let odd = !Array.isArray(value) && !isWireObject(value);
  for (const [label, member] of members) {
    const { counts, odd: oddCounts } = readRiskCounts(member);
    const isRow =
      label !== null &&
      !isGenericName(label) &&
      !saysNone(label) &&
      isLabel(label, !isWireObject(member)) &&
      !labels.has(label) &&
      hasCounts(counts);
    odd ||= oddCounts || !isRow;
    if (!isRow) continue;
    labels.add(label);
    rows.push({ label, ...counts });
  }
  return { rows, odd };
}

function labelOf(member: unknown): string | null {
  if (!isWireObject(member)) return null;
  const label = readText(Object.entries(member).find(([name]) => labelName.test(name))?.[1]);
  return label === null || label.trim() === "" ? null : label;
}
