import { type Role, roles, WscError } from "@wsc-dashboard/wsc-core";
import type { RoleMap } from "../config/role-map.ts";
import type { User } from "./identity.ts";

type Claims = Readonly<Record<string, unknown>>;

/** Claims by which Entra ID marks omitted groups: of the whole claim, of implicit tokens, of older ones. */
const overageMarks = ["_claim_names", "hasgroups", "groups:src1"];

const isObject = (value: unknown): value is Claims =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Finds a claim by its exact name, else by a dotted path whose names may contain dots themselves (`realm_access.roles`,
 * `resource_access.wsc.example.com.roles`). Ignores inherited properties.
 */
function claimNamed(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const first = name.slice(0, dot);
    const inner = Object.hasOwn(claims, first) ? claims[first] : undefined;
    const found = isObject(inner) ? claimNamed(inner, name.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const isGranted = (value: unknown): boolean =>
  value === true || (typeof value === "object" && value !== null && Object.keys(value).length > 0);

/** The group names in a claim: a string, a list of strings, or an object keyed by role (`{"admin":{"7":"host"}}`). */
function namesIn(value: unknown): readonly string[] | null {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.every((group) => typeof group === "string") ? value : null;
  if (!isObject(value)) return null;
  return Object.entries(value).flatMap(([group, granted]) => (isGranted(granted) ? [group] : []));
}

/** The groups in a set of claims; `null` when the claim is missing. Throws GROUPS_OVERAGE, and NO_ROLE for any other form. */
export function groupsIn(claims: Claims, claimName: string): readonly string[] | null {
  const marks = overageMarks.filter((mark) => Object.hasOwn(claims, mark) && claims[mark] !== false);
  if (marks.length > 0) throw new WscError("GROUPS_OVERAGE", `the claims hold ${marks.join(", ")}`);
  const value = claimNamed(claims, claimName);
  if (value === undefined) return null;
  const names = namesIn(value);
  if (names !== null) return names;
  throw new WscError("NO_ROLE", `the claim ${claimName} is no text, no list of texts and no object of roles`);
}

/** Reads roles. If it throws, adds the person to the error, for the audit log and the person's own information. */
export function rolesFor({ id, name }: Pick<User, "id" | "name">, read: () => readonly Role[]): readonly Role[] {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof WscError)) throw error;
    throw new WscError(error.code, error.message, { ...error.details, actor: id, signedInAs: name });
  }
}

/** The union of the roles of all groups, by exact comparison. Throws NO_ROLE when there is none. */
export function rolesOf(groups: readonly string[], roleMap: RoleMap): readonly Role[] {
  const found = new Set(groups.map((group) => roleMap.get(group)));
  const mapped = roles.filter((role) => found.has(role));
  if (mapped.length === 0) throw new WscError("NO_ROLE", `none of ${groups.length} groups stands in the role map`);
  return mapped;
}
