import { setTimeout as delay } from "node:timers/promises";
import { WscError } from "@wsc-dashboard/wsc-core";
import type { OidcSettings } from "../config/auth-settings.ts";
import { SealBroken } from "../database/keys.ts";
import type { SessionRow } from "../database/schema.ts";
import { cookieValues } from "./cookies.ts";
import { rolesFor, rolesOf } from "./groups.ts";
import type { Identity } from "./identity.ts";
import type { Provider } from "./provider.ts";
import { type SessionStore, sessionIdPattern } from "./session-store.ts";

/** Maximum age of roles relative to the provider, in milliseconds. */
const roleLagLimitMs = 900_000;
/** Interval in milliseconds and maximum number of database reads while another process checks. */
const pollIntervalMs = 100;
const maxPolls = 50;
const safeMethods: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Cookie name: with the `__Host-` prefix, which requires https and this host, or without it on plain http on loopback. */
export const cookieName = (publicOrigin: string, name: "wsc_sid" | "wsc_tx"): string =>
  publicOrigin.startsWith("https:") ? `__Host-${name}` : name;

export const groupsOf = (row: SessionRow): readonly string[] | null => JSON.parse(row.groups) as string[] | null;

export interface OidcParts {
  readonly settings: OidcSettings;
  readonly sessions: SessionStore;
  readonly provider: Provider;
  readonly now: () => number;
}

export interface OidcIdentity extends Identity {
  /** The valid session of a request; `null` when there is none. */
  sessionOf(cookies: string | undefined): Promise<SessionRow | null>;
}

/** Server-side sessions that begin with a login at the provider. Groups are re-checked there; a check never adds a role. */
export function createOidcIdentity({ settings, sessions, provider, now }: OidcParts): OidcIdentity {
  const { publicOrigin, idleMs, maxMs, recheckMs } = settings;
  const checks = new Map<string, Promise<SessionRow>>();

  const endOf = ({ ends_at, seen_at, created_at }: SessionRow): number =>
    Math.min(ends_at, seen_at + idleMs, created_at + maxMs);

  async function sessionOf(cookies: string | undefined): Promise<SessionRow | null> {
    const [id, ...more] = cookieValues(cookies, cookieName(publicOrigin, "wsc_sid"));
    if (id === undefined || more.length > 0 || !sessionIdPattern.test(id)) return null;
    const row = await sessions.find(id);
    if (row === undefined) return null;
    if (now() < endOf(row)) return row;
    await sessions.end(row, now(), "over");
    return null;
  }

  /** Another process is querying the provider. Waits for its result if the roles would be too old without it. */
  async function answerOfAnother(row: SessionRow): Promise<SessionRow> {
    for (let poll = 0; poll < maxPolls; poll += 1) {
      const fresh = await sessions.reread(row);
      if (fresh === undefined) throw new WscError("SESSION_REQUIRED", "the session was ended");
      if (fresh.checked_at !== row.checked_at || now() - row.checked_at < roleLagLimitMs) return fresh;
      await delay(pollIntervalMs);
    }
    throw new WscError("IDENTITY_UNAVAILABLE", "another process has been asking for the groups for too long");
  }

  async function check(row: SessionRow): Promise<SessionRow> {
    const claimed = await sessions.claimCheck(row, now());
    return claimed === null ? answerOfAnother(row) : askProvider(claimed);
  }

  /** Re-checks the groups. Only removes roles: an added group counts from the next login, which also changes the session id. */
  async function askProvider(row: SessionRow): Promise<SessionRow> {
    const at = now();
    const subject = decodeURIComponent(row.user_id.slice(settings.issuer.length + 1));
    try {
      const answer = await provider.ask(sessions.tokensOf(row), subject);
      if (answer === null) {
        await sessions.end(row, at, "provider");
        throw new WscError("SESSION_REQUIRED", "the provider no longer vouches for the session");
      }
      const fresh = new Set(answer.groups ?? []);
      const groups = answer.groups === null ? null : (groupsOf(row)?.filter((group) => fresh.has(group)) ?? null);
      await sessions.keepCheck(row, groups, answer.tokens, at);
      return { ...row, groups: JSON.stringify(groups), checked_at: at };
    } catch (error) {
      await sessions.releaseCheck(row);
      if (error instanceof SealBroken)
        throw new WscError("SESSION_REQUIRED", "no key opens the session", { cause: error });
      const canWait =
        error instanceof WscError && error.code === "IDENTITY_UNAVAILABLE" && at - row.checked_at < roleLagLimitMs;
      if (canWait) return row;
      throw error;
    }
  }

  async function checked(row: SessionRow): Promise<SessionRow> {
    if (now() - row.checked_at < recheckMs) return row;
    const running = checks.get(row.id_hash) ?? check(row).finally(() => checks.delete(row.id_hash));
    checks.set(row.id_hash, running);
    return running;
  }

  return {
    signIn: { startUrl: "/auth/login", end: { kind: "post", url: "/auth/logout" } },
    sessionOf,
    // An expired session cookie is not a claim: every page that stays open long enough has one.
    claims: () => false,
    async identify(request) {
      const found = await sessionOf(request.headers.cookie);
      if (found === null) throw new WscError("SESSION_REQUIRED", "no session, or one that is over");
      let row = await checked(found);
      // Reads do not count as activity, so that a polling page does not extend the session.
      if (!safeMethods.has(request.method)) {
        row = { ...row, seen_at: now() };
        await sessions.touch(row, row.seen_at);
      }
      const groups = groupsOf(row);
      const person = { id: row.user_id, name: row.name };
      const roles = rolesFor(person, () => {
        if (groups === null) throw new WscError("GROUPS_OVERAGE", "the provider left the groups out");
        return rolesOf(groups, settings.roleMap);
      });
      return { ...person, roles, endsAt: endOf(row) };
    },
  };
}
