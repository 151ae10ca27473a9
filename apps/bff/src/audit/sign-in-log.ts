import { LRUCache } from "lru-cache";
import { type Actor, actedBy } from "./audit-event.ts";
import type { AuditJournal } from "./audit-journal.ts";

/** A person who was absent for this long has a new login recorded, in milliseconds. */
const absenceMs = 1_800_000;
/** People remembered at once; the one who has been away for longest is forgotten first. */
const maxPeople = 10_000;

/**
 * Sign-ins where no session is kept: behind a proxy each request speaks for itself, and a new assertion with every request is
 * common. So a login is recorded for the first request that this process sees of a person, after an absence, or with
 * other roles than before.
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
