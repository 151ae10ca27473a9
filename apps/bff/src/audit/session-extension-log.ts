import { createRepeater } from "../timers/repeater.ts";
import { type Actor, actedBy } from "./audit-event.ts";
import type { AuditJournal } from "./audit-journal.ts";

const windowMs = 3_600_000;
const flushIntervalMs = 60_000;
/** Maximum number of people counted separately; others are recorded each time. */
const maxPeople = 10_000;

interface Extensions {
  user: Actor;
  requestId: string;
  more: number;
  readonly endsAt: number;
}

export type SessionExtensionLog = ReturnType<typeof createSessionExtensionLog>;

/** Records session extensions: a person's first within an hour individually, further ones as one entry with a count. */
export function createSessionExtensionLog(journal: AuditJournal, now: () => number) {
  const people = new Map<string, Extensions>();

  const write = (user: Actor, requestId: string, count: number): Promise<void> =>
    journal.note(
      { ...actedBy(user), action: "session.extend", object: `user/${user.id}`, requestId, details: { count } },
      "done",
    );

  async function flush(isLast: boolean): Promise<void> {
    for (const [id, { user, requestId, more, endsAt }] of people) {
      if (!isLast && now() < endsAt) continue;
      people.delete(id);
      if (more > 0) await write(user, requestId, more);
    }
  }

  const flushing = createRepeater(() => flush(false), flushIntervalMs);

  return {
    async add(user: Actor, requestId: string): Promise<void> {
      const known = people.get(user.id);
      if (known !== undefined && now() < known.endsAt) {
        known.more += 1;
        known.user = user;
        known.requestId = requestId;
        return;
      }
      if (known !== undefined && known.more > 0) await write(known.user, known.requestId, known.more);
      if (known !== undefined || people.size < maxPeople) {
        people.set(user.id, { user, requestId, more: 0, endsAt: now() + windowMs });
      }
      await write(user, requestId, 1);
    },
    start: flushing.start,
    async close(): Promise<void> {
      await flushing.stop();
      await flush(true);
    },
  };
}
