import {
  type BffApi,
  currentConsentVersion,
  type Handlers,
  itemCatalogue,
  permissionsOf,
  type Session,
  type SessionSignIn,
  speeds,
  userAgents,
} from "@wsc-dashboard/wsc-core";
import type { SessionExtensionLog } from "../audit/session-extension-log.ts";
import type { CallContext } from "../calls/call-context.ts";
import type { Config } from "../config/config.ts";
import { isLoopbackHost } from "../config/loopback.ts";

export function sessionHandlers(
  config: Config,
  signIn: SessionSignIn,
  version: string,
  extensions: Pick<SessionExtensionLog, "add">,
): Handlers<BffApi, CallContext>["session"] {
  const { environment, origin } = config.upstream;
  const { host, hostname } = new URL(origin);
  const sessionOf = ({ user }: CallContext): Session => ({
    user: { name: user.name, roles: [...user.roles] },
    authMode: config.auth.mode,
    endsAt: user.endsAt === undefined ? null : new Date(user.endsAt).toISOString(),
    signIn,
    permissions: permissionsOf(user.roles),
    upstream: { environment, host, emulator: isLoopbackHost(hostname), demoSite: config.demoSite },
    timeZone: config.timeZone,
    listPollMs: config.listPollMs,
    items: [...itemCatalogue],
    userAgents: [...userAgents],
    speeds: [...speeds],
    consentTextVersion: currentConsentVersion,
    allowPrivateTargets: config.allowPrivateTargets,
    version,
  });
  return {
    get: async (_input, context) => sessionOf(context),
    // The identity has already extended the session while authenticating the request.
    extend: async (_input, context) => {
      await extensions.add(context.user, context.requestId);
      return sessionOf(context);
    },
  };
}
