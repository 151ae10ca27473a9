import type { Finding } from "../domain/finding.ts";
import { findingFingerprint, numberFindings } from "../domain/finding.ts";
import { readSeverity, type Severity } from "../domain/severity.ts";
import { isGenericName, isHostName, isListName } from "./generic-names.ts";
import { createListedNameFinder } from "./listed-name.ts";
import { saysNone, saysNothingFound } from "./none-words.ts";
import { isWireObject, readCount, readText, type WireObject } from "./wire-values.ts";

/** Names seen or likely inside the undocumented `Details` (docs/upstream-api.md section 10), without case and punctuation. */
const fieldNames = {
  item: [
    "item",
    "vulntitle",
    "vulnerability",
    "category",
    "vulnname",
    "vulnerabilityname",
    "itemname",
    "title",
    "vulntype",
    "vulnerabilitytype",
  ],
  severity: ["risk", "risklevel", "severity", "level"],
  method: ["method", "httpmethod", "requestmethod"],
  url: ["url", "uri", "vulnurl", "targeturl", "vulnerableurl"],
  parameter: ["parameter", "param", "params", "paramname"],
  evidence: ["evidence", "proof", "detail", "payload"],
} as const;

/** Cache of normalised names: reports repeat a few names thousands of times. */
const squeezed = new Map<string, string>();
const maxSqueezed = 1000;

function squeeze(name: string): string {
  const known = squeezed.get(name);
  if (known !== undefined) return known;
  const letters = name.toLowerCase().replace(/[^a-z]/g, "");
  if (squeezed.size < maxSqueezed && name.length <= 100) squeezed.set(name, letters);
  return letters;
}

function take(row: WireObject, wanted: readonly string[]): { name: string; value: string } | null {
  for (const want of wanted) {
    for (const [name, value] of Object.entries(row)) {
      const text = readText(value);
      if (squeeze(name) === want && text !== null && text !== "") return { name, value: text };
    }
  }
  return null;
}

/** A method or parameter, trimmed; `null` when it consists of dashes only. */
const plainValue = (value: string | undefined): string | null => {
  const text = value?.trim() ?? "";
  return /^\p{Pd}*$/u.test(text) ? null : text;
};

type UnnumberedFinding = Omit<Finding, "number">;

/** What the rest of the report names, by which names inside of `Details` are told apart. */
export interface ReportNames {
  readonly items: readonly string[];
  readonly hosts: readonly string[];
}

/** Position of a row: the names on the path to it, and the risk of its group. */
interface RowPlace {
  readonly path: readonly string[];
  readonly severity: Severity | null;
}

const otherField = (name: string, value: unknown): { name: string; value: string } => ({
  name,
  value: readText(value) ?? JSON.stringify(value, null, 2),
});

const maxNameLength = 200;
const fold = (name: string): string => name.trim().toLowerCase();
/** A text with blanks may be several URLs, or a URL with a count behind it. */
const isUrl = (value: unknown): boolean => typeof value === "string" && /^https?:\/\/\S+$/i.test(value);
/** Whether a value is a URL or a path. */
const isPlace = (value: unknown): boolean => isUrl(value) || (typeof value === "string" && /^\/\S*$/.test(value));
const isRowList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.length > 0 && (value.some(isWireObject) || value.every(isUrl));
/** The risk of a row or group; words for "none" are not one. */
function takeRisk(row: WireObject): { name: string; value: string } | null {
  const risk = take(row, fieldNames.severity);
  return risk === null || saysNone(risk.value) ? null : risk;
}
/** Removes a trailing count or risk from a name ("XSS (2)", "XSS [High]", "XSS - 2건"): it changes from report to report. */
const nameOnly = (name: string): string => {
  const mark = Math.max(name.lastIndexOf(":"), name.lastIndexOf("-"));
  if (mark > 0 && /^\s*[0-9]{1,9}\s?[건개件個]$/u.test(name.slice(mark + 1))) return name.slice(0, mark).trim();
  const match = /^([^([]*[^([\s])\s*(?:\(([^()[\]]{1,40})\)|\[([^()[\]]{1,40})\])\s*$/.exec(
    name.slice(0, maxNameLength),
  );
  const [, bare, inRound = "", inSquare = ""] = match ?? [];
  return bare !== undefined && name.length < maxNameLength && isGenericName(inRound + inSquare) ? bare : name;
};
const hasRows = (value: WireObject): boolean => Object.values(value).some(isRowList);
/** An object with a URL and no rows inside is one row, not a group of rows. */
const isRow = (value: WireObject): boolean => take(value, fieldNames.url) !== null && !hasRows(value);

function isEmptyValue(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

const isNothingFound = (value: unknown): boolean =>
  isEmptyValue(value) || (typeof value === "string" && saysNothingFound(value));

/** An empty row, or one that says there are none. */
const isNoRow = (value: unknown): boolean =>
  isWireObject(value) ? Object.values(value).every(isNothingFound) : isNothingFound(value);
/** Counts beside the rows, and nested lists: not known to be one finding. */
const isUnreadableRow = (value: unknown): boolean =>
  Array.isArray(value) ||
  (isWireObject(value) &&
    Object.entries(value).every(([name, member]) => isGenericName(name) && readCount(member) !== null));

/** Decides which of the names around a row is its item. */
function createItemChooser({ items, hosts }: ReportNames) {
  const known = new Set(items.map(fold).filter((name) => name !== "" && name !== "all"));
  const knownHosts = new Set(hosts.map(fold));
  const isItem = (name: string): boolean => known.has(fold(name));
  const listedIn = createListedNameFinder(items.filter((item) => known.has(fold(item))));
  const isHost = (name: string): boolean => !isItem(name) && (isHostName(name) || knownHosts.has(fold(name)));
  const canBeItem = (name: string): boolean => !isHost(name) && !isGenericName(name);

  return {
    isItem,
    /**
     * Returns the row's own title or a name above it that the report lists as an item; else the row's own title; else the first
     * name above it that is not a host, list, index, count or risk word. `null` when there is none.
     */
    choose(
      own: string | null,
      path: readonly string[],
    ): { readonly item: string | null; readonly fromPath: number | null } {
      if (own !== null && isItem(own)) return { item: own, fromPath: null };
      const listed = path.findIndex(isItem);
      if (listed >= 0) return { item: path[listed] ?? null, fromPath: listed };
      const ownListed = own === null ? null : listedIn(own);
      if (ownListed !== null) return { item: ownListed, fromPath: null };
      const listedPart = path.findIndex((name) => listedIn(name) !== null);
      if (listedPart >= 0) return { item: listedIn(path[listedPart] ?? ""), fromPath: listedPart };
      if (own !== null && !isGenericName(own)) return { item: nameOnly(own), fromPath: null };
      const likely = path.findIndex(canBeItem);
      return likely >= 0 ? { item: nameOnly(path[likely] ?? ""), fromPath: likely } : { item: null, fromPath: null };
    },
  };
}

type ItemChooser = ReturnType<typeof createItemChooser>;

const notTitles: readonly string[] = [
  ...[...fieldNames.severity, ...fieldNames.method, ...fieldNames.url, ...fieldNames.parameter, ...fieldNames.evidence],
];

/** The title of a row or group. A field with another name counts only if the report lists its value as an item. */
function takeTitle(row: WireObject, chooser: ItemChooser): { name: string; value: string } | null {
  const title = take(row, fieldNames.item);
  if (title !== null && chooser.isItem(title.value)) return title;
  for (const [name, value] of Object.entries(row)) {
    if (typeof value === "string" && chooser.isItem(value) && !notTitles.includes(squeeze(name)))
      return { name, value };
  }
  return title;
}

/** Names on the path to a row, without its item and without names of lists and indexes. */
const pathFields = (path: readonly string[], used: readonly (number | null)[]): { name: string; value: string }[] =>
  path
    .filter((name, index) => !used.includes(index) && !isListName(name) && !/^\d*$/.test(name.trim()))
    .map((name) => ({ name: "Group", value: name }));

function readBareRow(row: unknown, { path, severity }: RowPlace, chooser: ItemChooser): UnnumberedFinding {
  const text = readText(row) ?? JSON.stringify(row);
  const url = isPlace(text) ? text : null;
  const { item, fromPath } = chooser.choose(null, path);
  const bare = { item: item ?? "", method: null, url, parameter: null };
  return {
    ...bare,
    severity,
    evidence: url === null ? text : null,
    fingerprint: findingFingerprint(bare),
    otherFields: pathFields(path, [fromPath]),
  };
}

function readRow(row: unknown, place: RowPlace, chooser: ItemChooser): UnnumberedFinding {
  if (!isWireObject(row)) return readBareRow(row, place, chooser);
  const own = takeTitle(row, chooser);
  const { item, fromPath } = chooser.choose(own?.value ?? null, place.path);
  const severity = takeRisk(row);
  const ownSeverity = readSeverity(severity?.value);
  const method = take(row, fieldNames.method);
  const url = take(row, fieldNames.url);
  // Rows may be nested below their URL instead of naming it; without it, rows of two URLs would become one finding.
  const placeAbove = url === null ? place.path.findLastIndex(isPlace) : -1;
  const parameter = take(row, fieldNames.parameter);
  const evidence = take(row, fieldNames.evidence);
  // An unknown risk word, and a title that is not the item, stay visible among the other fields.
  const used = new Set(
    [
      item !== null && fromPath === null ? own : null,
      ownSeverity === null ? null : severity,
      method,
      url,
      parameter,
      evidence,
    ].map((field) => field?.name),
  );
  const identity = {
    item: item ?? "",
    method: plainValue(method?.value),
    url: url?.value ?? place.path[placeAbove] ?? null,
    parameter: plainValue(parameter?.value),
  };
  return {
    ...identity,
    // An unknown word is not replaced by that of the group.
    severity: severity === null ? place.severity : ownSeverity,
    evidence: evidence?.value ?? null,
    fingerprint: findingFingerprint(identity),
    otherFields: [
      ...Object.entries(row)
        .filter(([name, value]) => !used.has(name) && value !== null && value !== "")
        .map(([name, value]) => otherField(name, value)),
      ...pathFields(place.path, [fromPath, placeAbove]),
    ],
  };
}

/**
 * Reads `Details` in these shapes: item → rows, item → object with rows somewhere inside, the same below hosts, risk words,
 * indexes or list names, and lists of rows or of groups that name their item. A group's risk applies to its rows without one.
 * Everything that is not a row is returned as `rest`, in its original shape.
 */
export function readFindings(
  details: unknown,
  names: ReportNames = { items: [], hosts: [] },
): { findings: Finding[]; rest: unknown } {
  const chooser = createItemChooser(names);
  const rows: UnnumberedFinding[] = [];

  /** Extracts the rows of `value`; returns the remainder, `undefined` if there is none. */
  function collect(value: unknown, place: RowPlace): unknown {
    if (isNothingFound(value)) return undefined;
    if (isRowList(value) || (Array.isArray(value) && place.path.length <= 1)) return collectList(value, place);
    if (!isWireObject(value)) return value;
    if (isRow(value)) {
      rows.push(readRow(value, place, chooser));
      return undefined;
    }
    return collectGroup(value, place);
  }

  function collectList(value: readonly unknown[], place: RowPlace): unknown {
    const left: unknown[] = [];
    for (const member of value) {
      if (isNoRow(member)) continue;
      if (isUnreadableRow(member)) {
        const rest = isRowList(member) ? collectList(member, place) : member;
        if (rest !== undefined) left.push(rest);
      } else if (isWireObject(member) && hasRows(member)) {
        const rest = collectGroup(member, place);
        if (rest !== undefined) left.push(rest);
      } else rows.push(readRow(member, place, chooser));
    }
    return left.length === 0 ? undefined : left;
  }

  /** Reads an object with rows somewhere inside. Its title and risk apply to them. */
  function collectGroup(group: WireObject, { path, severity: outer }: RowPlace): unknown {
    const title = takeTitle(group, chooser);
    const risk = takeRisk(group);
    const ownSeverity = readSeverity(risk?.value);
    const place = {
      path: title === null ? path : [...path, title.value],
      severity: risk === null ? outer : ownSeverity,
    };
    const before = rows.length;
    const left = Object.entries(group).flatMap(([name, member]): [string, unknown][] => {
      if (name === title?.name || name === risk?.name) return [];
      const below = { path: [...place.path, name], severity: readSeverity(name) ?? place.severity };
      const rest = collect(member, below);
      return rest === undefined ? [] : [[name, rest]];
    });
    // Title and risk were copied to the rows; without rows, or if the risk is unknown, they remain in the rest.
    const found = rows.slice(before);
    if (title !== null && found.length === 0) left.push([title.name, title.value]);
    const isTold = ownSeverity !== null && found.some((row) => row.severity === ownSeverity);
    if (risk !== null && !isTold) left.push([risk.name, risk.value]);
    return left.length === 0 ? undefined : Object.fromEntries(left);
  }

  const rest = collect(details, { path: [], severity: null });
  return { findings: numberFindings(rows), rest };
}
