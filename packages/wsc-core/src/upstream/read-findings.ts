import type { Finding } from "../api/reports.ts";
import { findingFingerprint, numberFindings } from "../domain/finding.ts";
import { readSeverity } from "../domain/severity.ts";
import { isWireObject, readText, type WireObject } from "./wire-values.ts";

/** The inside of `Details` is not documented (contract section 10); these are the names seen or likely, without case and signs. */
const fieldNames = {
  item: ["item", "vulntitle", "vulnerability", "category", "vulnname"],
  severity: ["risk", "risklevel", "severity", "level"],
  method: ["method", "httpmethod", "requestmethod"],
  url: ["url", "uri", "vulnurl", "targeturl"],
  parameter: ["parameter", "param", "params", "paramname"],
  evidence: ["evidence", "proof", "detail", "payload"],
} as const;

const squeeze = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, "");

function take(row: WireObject, wanted: readonly string[]): { name: string; value: string } | null {
  for (const want of wanted) {
    for (const [name, value] of Object.entries(row)) {
      const text = readText(value);
      if (squeeze(name) === want && text !== null && text !== "") return { name, value: text };
    }
  }
  return null;
}

type UnnumberedFinding = Omit<Finding, "number">;

function readRow(row: unknown, itemOfGroup: string | null): UnnumberedFinding {
  if (!isWireObject(row)) {
    const text = readText(row) ?? JSON.stringify(row);
    const url = /^https?:\/\//i.test(text) ? text : null;
    const item = itemOfGroup ?? "";
    const bare = { item, method: null, url, parameter: null };
    return {
      ...bare,
      severity: null,
      evidence: url === null ? text : null,
      fingerprint: findingFingerprint(bare),
      otherFields: [],
    };
  }
  const item = itemOfGroup === null ? take(row, fieldNames.item) : null;
  const severity = take(row, fieldNames.severity);
  const known = readSeverity(severity?.value);
  const method = take(row, fieldNames.method);
  const url = take(row, fieldNames.url);
  const parameter = take(row, fieldNames.parameter);
  const evidence = take(row, fieldNames.evidence);
  // A risk word that is none of the three stays visible among the other fields.
  const used = new Set(
    [item, known === null ? null : severity, method, url, parameter, evidence].map((field) => field?.name),
  );
  const identity = {
    item: itemOfGroup ?? item?.value ?? "",
    method: method?.value ?? null,
    url: url?.value ?? null,
    parameter: parameter?.value ?? null,
  };
  return {
    ...identity,
    severity: known,
    evidence: evidence?.value ?? null,
    fingerprint: findingFingerprint(identity),
    otherFields: Object.entries(row)
      .filter(([name, value]) => !used.has(name) && value !== null && value !== "")
      .map(([name, value]) => ({ name, value: readText(value) ?? JSON.stringify(value, null, 2) })),
  };
}

/**
 * Reads `Details`: item → rows, item → object with rows somewhere inside, or one list of rows that name their item.
 * What is no row is handed back as `rest`.
 */
export function readFindings(details: unknown): { findings: Finding[]; rest: WireObject } {
  const rows: UnnumberedFinding[] = [];
  const rest: Record<string, unknown> = {};
  if (Array.isArray(details)) {
    rows.push(...details.map((row) => readRow(row, null)));
  } else if (isWireObject(details)) {
    for (const [item, group] of Object.entries(details)) {
      if (Array.isArray(group)) {
        rows.push(...group.map((row) => readRow(row, item)));
      } else if (isWireObject(group)) {
        const others: [string, unknown][] = [];
        for (const [name, member] of Object.entries(group)) {
          if (Array.isArray(member) && member.some(isWireObject)) rows.push(...member.map((row) => readRow(row, item)));
          else others.push([name, member]);
        }
        if (others.length > 0) rest[item] = Object.fromEntries(others);
      } else if (group !== null && group !== "") {
        rest[item] = group;
      }
    }
  } else if (details !== null && details !== undefined && details !== "") {
    rest.Details = details;
  }
  return { findings: numberFindings(rows), rest };
}
