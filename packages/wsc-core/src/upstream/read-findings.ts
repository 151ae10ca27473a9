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

/** Where a row stood: the item, when a name says it, and names on the way to it that say more than "list". */
interface RowPlace {
  readonly item: string | null;
  readonly path: readonly string[];
}

const otherField = (name: string, value: unknown): { name: string; value: string } => ({
  name,
  value: readText(value) ?? JSON.stringify(value, null, 2),
});

function readRow(row: unknown, { item: itemOfGroup, path }: RowPlace): UnnumberedFinding {
  const pathFields = path.map((name) => ({ name: "Group", value: name }));
  if (!isWireObject(row)) {
    const text = readText(row) ?? JSON.stringify(row);
    const url = isUrl(text) ? text : null;
    const bare = { item: itemOfGroup ?? "", method: null, url, parameter: null };
    return {
      ...bare,
      severity: null,
      evidence: url === null ? text : null,
      fingerprint: findingFingerprint(bare),
      otherFields: pathFields,
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
    otherFields: [
      ...Object.entries(row)
        .filter(([name, value]) => !used.has(name) && value !== null && value !== "")
        .map(([name, value]) => otherField(name, value)),
      ...pathFields,
    ],
  };
}

const isUrl = (value: unknown): boolean => typeof value === "string" && /^https?:\/\//i.test(value);
const isRowList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && (value.some(isWireObject) || value.every(isUrl));
/** An object that names a place itself is one row, not a group of rows. */
const isRow = (value: WireObject): boolean =>
  take(value, fieldNames.url) !== null && !Object.values(value).some(isRowList);

const listName =
  /^(?:vuln|finding|detail|url|item|row|list|result|data)?_?(?:url)?_?(?:list|rows?|items?|details?|urls?|data)$/i;
const hostName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$|^localhost(?::\d+)?$|^https?:\/\//i;

/**
 * Reads `Details`: item → rows, item → object with rows somewhere inside, the same below hosts, or one list of rows that name
 * their item. What is no row is handed back as `rest`, in the shape it had.
 */
export function readFindings(details: unknown): { findings: Finding[]; rest: unknown } {
  const rows: UnnumberedFinding[] = [];

  /** Takes the rows out of `value`; answers what is left, `undefined` when nothing is. */
  function collect(value: unknown, place: RowPlace): unknown {
    if (isEmptyValue(value)) return undefined;
    if (isRowList(value) || (Array.isArray(value) && place.path.length === 0)) {
      rows.push(...value.map((row) => readRow(row, place)));
      return undefined;
    }
    if (!isWireObject(value)) return value;
    if (isRow(value)) {
      rows.push(readRow(value, place));
      return undefined;
    }
    const left = Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
      const rest = collect(member, placeBelow(place, name));
      return rest === undefined ? [] : [[name, rest]];
    });
    return left.length === 0 ? undefined : Object.fromEntries(left);
  }

  function placeBelow({ item, path }: RowPlace, name: string): RowPlace {
    if (item === null) return hostName.test(name) ? { item, path: [...path, name] } : { item: name, path };
    return { item, path: listName.test(name) ? path : [...path, name] };
  }

  const rest = collect(details, { item: null, path: [] });
  return { findings: numberFindings(rows), rest };
}

function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
