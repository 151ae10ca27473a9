import { createRepeater } from "../timers/repeater.ts";
import type { AuditAct, AuditJournal } from "./audit-journal.ts";

/** Of one person and kind, so many are recorded one by one in a window; further ones are counted until it ends. */
const recordedSingly = 10;
const windowMs = 60_000;
const flushIntervalMs = 5_000;
/** Kinds counted apart at a time; all further ones share one count. */
const maxKinds = 1_000;

interface Count {
  act: AuditAct;
  error: unknown;
  singly: number;
  more: number;
  readonly endsAt: number;
}

export type DenialLog = ReturnType<typeof createDenialLog>;

/**
 * Denied actions of people who are logged in: the first of a kind are entries of their own, a flood of them becomes one entry a
 * minute with their number. Nothing is left out without being counted.
 */
export function createDenialLog(journal: AuditJournal, now: () => number) {
  const counts = new Map<string, Count>();

  function kindOf({ actor, action }: AuditAct, code: string): string {
    const kind = [actor, action, code].join("\n");
    return counts.has(kind) || counts.size < maxKinds ? kind : "others";
  }

  async function flush(isLast: boolean): Promise<void> {
    for (const [kind, { act, error, more, endsAt }] of counts) {
      if (!isLast && now() < endsAt) continue;
      counts.delete(kind);
      if (more > 0) await journal.noteDenials(act, error, more);
    }
  }

  const flushing = createRepeater(() => flush(false), flushIntervalMs);

  return {
    async add(act: AuditAct, error: Error & { readonly code: string }): Promise<void> {
      const kind = kindOf(act, error.code);
      const found = counts.get(kind);
      const count = found ?? { act, error, singly: 0, more: 0, endsAt: now() + windowMs };
      if (found === undefined) counts.set(kind, count);
      if (count.singly < recordedSingly) {
        count.singly += 1;
        await journal.noteError(act, error);
        return;
      }
      count.more += 1;
      count.act = act;
      count.error = error;
    },
    start: flushing.start,
    async close(): Promise<void> {
      await flushing.stop();
      await flush(true);
    },
  };
}
