import {
  type BffApi,
  bffApi,
  type Contract,
  consentTextVersions,
  type Handlers,
  itemCatalogue,
  type Session,
  type SignIn,
  speeds,
  userAgents,
} from "@wsc-dashboard/wsc-core";
import type { Config } from "../config/config.ts";
import type { CallContext } from "../http/bind-handlers.ts";
import { isLoopbackHost } from "../http/loopback.ts";
import type { User } from "../identity/identity.ts";

function permissionsOf(user: User): string[] {
  const contract: Contract = bffApi;
  return Object.entries(contract).flatMap(([noun, endpoints]) =>
    Object.entries(endpoints)
      .filter(([, { roles }]) => roles.some((role) => user.roles.includes(role)))
      .map(([verb]) => `${noun}.${verb}`),
  );
}

export function sessionHandlers(
  config: Config,
  signIn: SignIn,
  version: string,
): Handlers<BffApi, CallContext>["session"] {
  const { environment, origin } = config.upstream;
  const { host, hostname } = new URL(origin);
  const sessionOf = ({ user }: CallContext): Session => ({
    user: { name: user.name, roles: [...user.roles] },
    authMode: config.auth.mode,
    endsAt: user.endsAt === undefined ? null : new Date(user.endsAt).toISOString(),
    signIn,
    permissions: permissionsOf(user),
    upstream: { environment, host, emulator: isLoopbackHost(hostname) },
    timeZone: config.timeZone,
    listPollMs: config.listPollMs,
    items: [...itemCatalogue],
    userAgents: [...userAgents],
    speeds: [...speeds],
    consentTextVersion: consentTextVersions[consentTextVersions.length - 1] ?? "",
    version,
  });
  return {
    get: async (_input, context) => sessionOf(context),
    // What a session gains by it, its identity has done before.
    extend: async (_input, context) => sessionOf(context),
  };
}
