import { createRepeater } from "../timers/repeater.ts";
import type { AuditJournal } from "./audit-journal.ts";

/** Somebody was refused before, or although, it was known who they are. Only words of ours: nothing that was presented. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
  /** Who it was, when that was proven. */
  readonly actor?: string | undefined;
  /** Address of the connection. */
  readonly peer: string;
  readonly requestId: string;
}

/** The first of a kind is written down at once; the next ones are counted for so long, and each time for twice as long. */
const shortestMs = 60_000;
const longestMs = 3_600_000;
const lookEveryMs = 15_000;
/** Kinds kept apart at once; whatever else comes is counted together. */
const mostKinds = 100;

interface Count {
  last: Refusal;
  more: number;
  windowMs: number;
  endsAt: number;
}

/**
 * Refusals of people who did not prove who they are, in the audit log: each kind is seen, but who sends a million forged
 * assertions writes a few entries with a number in them.
 */
export function createRefusalTally(journal: AuditJournal, now: () => number) {
  const counts = new Map<string, Count>();

  const write = ({ code, reason, actor, peer, requestId }: Refusal, count: number): Promise<void> =>
    journal.note(
      {
        actor: actor ?? "unknown",
        action: "session.refuse",
        object: "session",
        requestId,
        details: { code, reason, peer, count },
      },
      "refused",
    );

  function kindOf({ code, reason, actor = "" }: Refusal): string {
    const kind = [code, reason, actor].join("\n");
    return counts.has(kind) || counts.size < mostKinds ? kind : "others";
  }

  /** Writes what was counted in windows that are over; in all of them when `isLast`. */
  async function flush(isLast: boolean): Promise<void> {
    for (const [kind, count] of counts) {
      if (!isLast && now() < count.endsAt) continue;
      const { more, last } = count;
      if (more === 0) counts.delete(kind);
      else {
        count.more = 0;
        count.windowMs = Math.min(longestMs, 2 * count.windowMs);
        count.endsAt = now() + count.windowMs;
        await write(last, more);
      }
    }
  }

  const looking = createRepeater(() => flush(false), lookEveryMs);

  return {
    async add(refusal: Refusal): Promise<void> {
      const kind = kindOf(refusal);
      const count = counts.get(kind);
      if (count === undefined) {
        counts.set(kind, { last: refusal, more: 0, windowMs: shortestMs, endsAt: now() + shortestMs });
        await write(refusal, 1);
        return;
      }
      count.more += 1;
      count.last = refusal;
    },
    /** Writes what is due. */
    look: (): Promise<void> => flush(false),
    start: looking.start,
    async close(): Promise<void> {
      await looking.stop();
      await flush(true);
    },
  };
}
export type RefusalTally = ReturnType<typeof createRefusalTally>;
