import { type Role, roles, WscError } from "@wsc-dashboard/wsc-core";
import type { Request } from "express";

export interface User {
  /** Stable identity. */
  readonly id: string;
  /** What people read. */
  readonly name: string;
  readonly roles: readonly Role[];
}

const personaCookie = "wsc_persona";

/** Every value of a cookie name, in the order sent. */
export function cookieValues(header: string | undefined, name: string): string[] {
  return (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

/** The dev mode's four personas, chosen by cookie; without one, the admin. Throws SESSION_REQUIRED for any other value. */
export function devIdentity(request: Request): User {
  const values = cookieValues(request.headers.cookie, personaCookie);
  const persona = values.length === 0 ? "admin" : values.length === 1 ? values[0] : undefined;
  const role = roles.find((candidate) => candidate === persona);
  if (role === undefined) throw new WscError("SESSION_REQUIRED", "wsc_persona names no persona");
  return { id: `dev:${role}`, name: role, roles: [role] };
}
