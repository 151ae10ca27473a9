import {
  type BffApi,
  consentTextVersions,
  type Handlers,
  itemCatalogue,
  permissionsOf,
  speeds,
  userAgents,
} from "@wsc-dashboard/wsc-core";
import type { Config } from "../config/config.ts";
import type { CallContext } from "../http/bind-handlers.ts";
import { isLoopbackHost } from "../http/loopback.ts";

export function sessionHandlers(config: Config, version: string): Handlers<BffApi, CallContext>["session"] {
  const { environment, origin } = config.upstream;
  const { host, hostname } = new URL(origin);
  return {
    get: async (_input, { user }) => ({
      user: { name: user.name, roles: [...user.roles] },
      permissions: permissionsOf(user.roles),
      upstream: { environment, host, emulator: isLoopbackHost(hostname) },
      timeZone: config.timeZone,
      listPollMs: config.listPollMs,
      items: [...itemCatalogue],
      userAgents: [...userAgents],
      speeds: [...speeds],
      consentTextVersion: consentTextVersions[consentTextVersions.length - 1] ?? "",
      allowPrivateTargets: config.allowPrivateTargets,
      version,
    }),
  };
}
