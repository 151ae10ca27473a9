import { createRepeater } from "../timers/repeater.ts";
import type { AuditAct, AuditJournal } from "./audit-journal.ts";

/** Within a window, this many denials per person and kind are recorded individually; further ones are counted until it ends. */
const recordedSingly = 10;
const windowMs = 60_000;
const flushIntervalMs = 5_000;
/** Maximum number of kinds counted separately; all others share one count. */
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
 * Records denied actions of authenticated people: the first of a kind individually, a flood as one entry per minute with a count.
 * No denial is left uncounted.
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
