import { EventEmitter, on } from "node:events";
import { type ChangingNoun, changingNouns } from "@wsc-dashboard/wsc-core";
import type { OpenStore } from "../store/open-store.ts";
import { createRepeater } from "../timers/repeater.ts";
import type { AuditEvent } from "./audit-event.ts";
import { isDenial } from "./denials.ts";

export interface ChangeFeedLimits {
  readonly lookEveryMs: number;
  /** How long one following lasts. */
  readonly maxDurationMs: number;
  readonly maxFollowers: number;
}

// Proxies cut off a connection that says nothing for a minute.
const usualLimits: ChangeFeedLimits = { lookEveryMs: 500, maxDurationMs: 55_000, maxFollowers: 500 };
/** Whoever missed more entries than this is told that everything has changed. */
const maxEntries = 200;

/** What an entry of the audit log is about → what looks different since then. */
const changedBy: Readonly<Record<string, readonly ChangingNoun[]>> = {
  job: ["jobs", "submissions"],
  submission: ["submissions"],
  schedule: ["schedules", "submissions"],
  resend: ["submissions"],
};

/** What somebody was denied changes nothing, and an intent only where it is a state of its own. */
function changedIn({ roles, action, result, details }: AuditEvent): readonly ChangingNoun[] {
  if (result === "refused" && roles !== undefined && isDenial(String(details?.code))) return [];
  if (result === "intent" && action !== "job.create") return [];
  return changedBy[action.split(".")[0] ?? ""] ?? [];
}

export type ChangeFeed = ReturnType<typeof createChangeFeed>;

/**
 * Tells what has changed by following the audit log: whatever people do and every new state has an entry there, whichever process
 * made it. Looks only while somebody follows, with one question for all of them.
 */
export function createChangeFeed(
  store: OpenStore,
  { lookEveryMs, maxDurationMs, maxFollowers }: ChangeFeedLimits = usualLimits,
) {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  const closing = new AbortController();
  let followers = 0;
  let seen: number | null = null;

  async function nounsSince(seq: number): Promise<readonly ChangingNoun[]> {
    const rows = await store.db.selectFrom("audit").select("entry").where("seq", ">", seq).limit(maxEntries).execute();
    if (rows.length === maxEntries) return changingNouns;
    const changed = rows.flatMap(({ entry }) => changedIn(JSON.parse(entry) as AuditEvent));
    return changingNouns.filter((noun) => changed.includes(noun));
  }

  async function look(): Promise<void> {
    const head = await store.db.selectFrom("audit_head").select("seq").executeTakeFirstOrThrow();
    if (seen !== null && head.seq > seen) {
      const nouns = await nounsSince(seen);
      if (nouns.length > 0) emitter.emit("changed", nouns);
    }
    seen = head.seq;
  }

  // A store that fails says so elsewhere; what was missed is told once it is well.
  const looking = createRepeater(look, lookEveryMs);

  return {
    /** Nothing at first, then what changes, until `signal`, the end of the minute or of this process. Ends at once when too many follow. */
    async *follow(signal: AbortSignal): AsyncGenerator<readonly ChangingNoun[]> {
      if (followers >= maxFollowers) return;
      followers += 1;
      const ends = AbortSignal.any([signal, closing.signal, AbortSignal.timeout(maxDurationMs)]);
      let told: ReturnType<typeof on> | undefined;
      try {
        if (followers === 1) seen = null;
        if (seen === null) await look();
        if (!closing.signal.aborted) looking.start();
        told = on(emitter, "changed", { signal: ends });
        yield [];
        for await (const [nouns] of told) yield nouns;
      } catch (error) {
        if (!ends.aborted) throw error;
      } finally {
        await told?.return?.();
        followers -= 1;
        if (followers === 0) void looking.stop();
      }
    },

    /** Ends every following. */
    async close(): Promise<void> {
      closing.abort();
      await looking.stop();
    },
  };
}
