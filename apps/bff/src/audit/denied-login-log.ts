import { createRepeater } from "../timers/repeater.ts";
import type { AuditJournal } from "./audit-journal.ts";

/** A failed authentication, or one of a person without a role. Contains only our own text, nothing from the client. */
export interface Refusal {
  readonly code: string;
  readonly reason: string;
  /** The person, if authenticated. */
  readonly actor?: string | undefined;
  /** Client address. */
  readonly peer: string;
  readonly requestId: string;
}

/** The first of a kind is recorded at once; later ones are counted in windows, each twice as long as the previous one. */
const minWindowMs = 60_000;
const maxWindowMs = 3_600_000;
const flushIntervalMs = 15_000;
/** Maximum number of kinds counted separately; all others share one count. */
const maxKinds = 100;

interface Count {
  last: Refusal;
  more: number;
  windowMs: number;
  endsAt: number;
}

/**
 * Aggregates denied logins in the audit log: every kind is recorded, but a flood of forged assertions becomes a few entries
 * with a count.
 */
export function createDeniedLoginLog(
  journal: AuditJournal,
  now: () => number,
  onRefusal: (code: string) => void = () => {},
) {
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
    return counts.has(kind) || counts.size < maxKinds ? kind : "others";
  }

  /** Writes the counts of windows that have ended, or of all windows when `isLast`. */
  async function flush(isLast: boolean): Promise<void> {
    for (const [kind, count] of counts) {
      if (!isLast && now() < count.endsAt) continue;
      const { more, last } = count;
      if (more === 0) counts.delete(kind);
      else {
        count.more = 0;
        count.windowMs = Math.min(maxWindowMs, 2 * count.windowMs);
        count.endsAt = now() + count.windowMs;
        await write(last, more);
      }
    }
  }

  const looking = createRepeater(() => flush(false), flushIntervalMs);

  return {
    async add(refusal: Refusal): Promise<void> {
      onRefusal(refusal.code);
      const kind = kindOf(refusal);
      const count = counts.get(kind);
      if (count === undefined) {
        counts.set(kind, { last: refusal, more: 0, windowMs: minWindowMs, endsAt: now() + minWindowMs });
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
export type DeniedLoginLog = ReturnType<typeof createDeniedLoginLog>;
