import { type BffApi, bffApi } from "./bff-api.ts";
import type { Contract, Role } from "./endpoint.ts";

/** An endpoint by name, as "noun.verb". */
export type Permission = { [N in keyof BffApi]: `${N}.${keyof BffApi[N] & string}` }[keyof BffApi];

const contract: Contract = bffApi;

/** Who may call what: the one table that guards, screens and docs/roles.md follow. */
const rolesByPermission = new Map(
  Object.entries(contract).flatMap(([noun, endpoints]) =>
    Object.entries(endpoints).map(([verb, { roles }]) => [`${noun}.${verb}` as Permission, roles] as const),
  ),
);

/** The roles of which one is needed. */
export function rolesFor(permission: Permission): readonly Role[] {
  return rolesByPermission.get(permission) ?? [];
}

/** What these roles together may call. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  return [...rolesByPermission].flatMap(([permission, needed]) =>
    needed.some((role) => roles.includes(role)) ? [permission] : [],
  );
}
