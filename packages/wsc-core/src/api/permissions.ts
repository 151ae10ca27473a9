import { type BffApi, bffApi } from "./bff-api.ts";
import type { Contract, Role } from "./endpoint.ts";

/** Name of an endpoint, as "noun.verb". */
export type Permission = { [N in keyof BffApi]: `${N}.${keyof BffApi[N] & string}` }[keyof BffApi];

const contract: Contract = bffApi;

/** Who may call what: the only source for guards, screens and docs/roles.md. */
const rolesByPermission = new Map(
  Object.entries(contract).flatMap(([noun, endpoints]) =>
    Object.entries(endpoints).map(([verb, { roles }]) => [`${noun}.${verb}` as Permission, roles] as const),
  ),
);

/** Returns the roles of which one is required. */
export function rolesFor(permission: Permission): readonly Role[] {
  return rolesByPermission.get(permission) ?? [];
}

/** What these roles together may call. */
export function permissionsOf(roles: readonly Role[]): Permission[] {
  return [...rolesByPermission].flatMap(([permission, needed]) =>
    needed.some((role) => roles.includes(role)) ? [permission] : [],
  );
}
