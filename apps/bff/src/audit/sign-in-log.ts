import { LRUCache } from "lru-cache";
import { type Actor, actedBy } from "./audit-event.ts";
import type { AuditJournal } from "./audit-journal.ts";

/** After this much inactivity, in milliseconds, a login is recorded again. */
const absenceMs = 1_800_000;
/** Maximum number of remembered people; the least recently active is forgotten first. */
const maxPeople = 10_000;

/**
 * Records logins in modes without sessions: behind a proxy each request is authenticated separately, often with a new assertion.
 * A login is recorded for a person's first request to this process, after a period of inactivity, and when the roles have
 * changed.
 */
export function createSignInLog(journal: AuditJournal, now: () => number) {
  const people = new LRUCache<string, { readonly roles: string; at: number }>({ max: maxPeople });
  return {
    async recordSignIn(user: Actor, requestId: string): Promise<void> {
      const at = now();
      const roles = user.roles.join(" ");
      const before = people.get(user.id);
      if (before !== undefined && before.roles === roles && at - before.at < absenceMs) {
        before.at = at;
        return;
      }
      people.set(user.id, { roles, at });
      await journal.note({ ...actedBy(user), action: "session.sign-in", object: `user/${user.id}`, requestId }, "done");
    },
  };
}
export type SignInLog = ReturnType<typeof createSignInLog>;
