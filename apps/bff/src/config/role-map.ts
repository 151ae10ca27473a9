import { type Role, roles } from "@wsc-dashboard/wsc-core";
import type { SettingReader } from "./setting-reader.ts";
import { invisibleIn, trimmed } from "./setting-text.ts";

/** Group → role. Groups are compared exactly. */
export type RoleMap = ReadonlyMap<string, Role>;

const shape = 'is not a JSON object such as {"security-team":"operator"}';

/** The probable reason why a text is not valid JSON. */
function hintOf(text: string): string {
  if (!text.includes('"') && /\w/.test(text))
    return '; its quotation marks are missing: write WSC_ROLE_MAP=\'{"group":"role"}\' (shells, systemd)';
  if (/[\u201c\u201d]/.test(text)) return '; it has typographic quotation marks instead of "';
  if (/,\s*\}$/.test(text)) return "; it has a comma after its last entry";
  return "";
}

/** Property names in the JSON text of an object with string values; duplicates are kept. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, name = '""', colon]) =>
    colon === undefined ? [] : [JSON.parse(name) as string],
  );

function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Why a group can never match; `null` when it can. `separator`: between the groups in the header. */
function whyUnmatchable(group: string, separator: string | null): string | null {
  if (trimmed(group) === "") return "is empty";
  if (trimmed(group) !== group) return "begins or ends with a blank, and groups are compared as they are";
  if (/[\p{Cc}\p{Cs}]/u.test(group)) return "holds a control character";
  if (separator !== null && group.includes(separator)) {
    return `holds ${JSON.stringify(separator)}, which parts groups in the header: set WSC_AUTH_GROUPS_SEPARATOR to what the proxy writes between them`;
  }
  return null;
}

/** Reads WSC_ROLE_MAP. An entry that can never match is a problem; one with invisible characters is a warning. */
export function readRoleMap(reader: SettingReader, separator: string | null): RoleMap {
  const text = reader.required("WSC_ROLE_MAP", "is required: without it no person has a role");
  if (text === null) return new Map();
  const entries = Object.entries(parsedObject(text) ?? {});
  if (entries.length === 0) {
    reader.problem("WSC_ROLE_MAP", `${shape}${hintOf(text)}`);
    return new Map();
  }
  const map = new Map<string, Role>();
  for (const [group, word] of entries) {
    const named = `gives the group ${JSON.stringify(group)}`;
    const role = roles.find((candidate) => candidate === word);
    const never = whyUnmatchable(group, separator);
    if (role === undefined) reader.problem("WSC_ROLE_MAP", `${named} none of ${roles.join(", ")}`);
    else if (never !== null) reader.problem("WSC_ROLE_MAP", `${named} a role, which can never match: it ${never}`);
    else map.set(group, role);
    const hidden = invisibleIn(group);
    if (hidden !== null && never === null) reader.warn("WSC_ROLE_MAP", `${named} a role; the name holds ${hidden}`);
    if (group.includes("*") && never === null)
      reader.warn("WSC_ROLE_MAP", `${named} a role; * is compared as it is and stands for nothing else`);
    if (group.normalize("NFC") !== group)
      reader.warn("WSC_ROLE_MAP", `${named} a role; the name is not in Unicode's form NFC`);
  }
  const names = namesIn(text);
  if (new Set(names).size < names.length) reader.problem("WSC_ROLE_MAP", "names a group twice");
  return map;
}
