import {
  type Change,
  type ChangeEvent,
  type ChangingNoun,
  changingNouns,
  maxChangedIds,
} from "@wsc-dashboard/wsc-core";
import { translateDatabaseErrors } from "../database/database-errors.ts";
import type { OpenDatabase } from "../database/open-database.ts";
import { createSharedSlots } from "../shares/shared-slots.ts";
import { createRepeater } from "../timers/repeater.ts";
import type { AuditEvent } from "./audit-event.ts";
import { isDenial } from "./denials.ts";

export interface ChangeFeedLimits {
  readonly lookEveryMs: number;
  /** Duration of one subscription. */
  readonly maxDurationMs: number;
  /** In total, and per person across tabs. */
  readonly maxFollowers: number;
  readonly maxPerPerson: number;
}

// Proxies close a connection that is silent for a minute.
const usualLimits: ChangeFeedLimits = {
  lookEveryMs: 500,
  maxDurationMs: 55_000,
  // Below the connection limit, so that other requests are still accepted.
  maxFollowers: 5500,
  maxPerPerson: 20,
};
/** A follower that missed more entries than this is told that everything has changed. */
const maxEntries = 200;

export interface ChangeFollower {
  readonly personId: string;
  tell(event: ChangeEvent): void;
  end(): void;
}

/** Kind of an audit action → what it may have changed. */
const changedBy: Readonly<Record<string, readonly ChangingNoun[]>> = {
  job: ["jobs", "submissions"],
  submission: ["submissions"],
  schedule: ["schedules", "submissions"],
  resend: ["submissions"],
  verdict: ["verdicts"],
};
const kindOf: Readonly<Record<ChangingNoun, string>> = {
  jobs: "job",
  submissions: "submission",
  schedules: "schedule",
  verdicts: "verdict",
};
/** The entry of a bulk action names no single object. */
const isOfMany = (action: string): boolean => action === "job.cancelMany";

/** The changes that an entry implies. A denied action changes nothing; an intent only where it is a state of its own. */
function changesOf({ roles, action, result, details, object }: AuditEvent): readonly Change[] {
  if (result === "refused" && roles !== undefined && isDenial(String(details?.code))) return [];
  if (result === "intent" && action !== "job.create") return [];
  const [kind = "", id = ""] = object.split("/");
  return (changedBy[action.split(".")[0] ?? ""] ?? []).map((noun) => {
    if (isOfMany(action)) return { noun, ids: null };
    const ids = kindOf[noun] === kind && id !== "" ? [id] : [];
    const made = details?.instanceNo;
    return { noun, ids: noun === "jobs" && typeof made === "string" ? [...ids, made] : ids };
  });
}

const everything: readonly Change[] = changingNouns.map((noun) => ({ noun, ids: null }));

function merge(changes: readonly Change[]): Change[] {
  return changingNouns.flatMap((noun) => {
    const own = changes.filter((change) => change.noun === noun);
    if (own.length === 0) return [];
    const ids = new Set(own.flatMap((change) => change.ids ?? []));
    return [{ noun, ids: own.some((change) => change.ids === null) || ids.size > maxChangedIds ? null : [...ids] }];
  });
}

/** Reads new entries of the audit log and keeps the latest changes. */
function createRecentChanges({ db }: Pick<OpenDatabase, "db">) {
  /** All entries up to `seen` were read; those after `floor` are in `recent`. */
  let seen: number | null = null;
  let floor = 0;
  let recent: { readonly seq: number; readonly changes: readonly Change[] }[] = [];

  function forgetBefore(seq: number): void {
    recent = [];
    floor = seq;
  }

  function changesSince(after: number): readonly Change[] {
    if (seen === null || after > seen || after < floor) return everything;
    return merge(recent.flatMap(({ seq, changes }) => (seq > after ? changes : [])));
  }

  async function readUpTo(head: number, from: number): Promise<void> {
    const rows = await db
      .selectFrom("audit")
      .select(["seq", "entry"])
      .where("seq", ">", from)
      .orderBy("seq")
      .limit(maxEntries)
      .execute();
    if (rows.length === maxEntries) {
      forgetBefore(head);
      return;
    }
    recent.push(
      ...rows.map(({ seq, entry }) => ({ seq: Number(seq), changes: changesOf(JSON.parse(entry) as AuditEvent) })),
    );
    for (const { seq } of recent.splice(0, Math.max(0, recent.length - maxEntries))) floor = seq;
  }

  return {
    /** Changes after entry `after`. */
    since: changesSince,

    /** Reads new entries. Returns the newest number and the changes since the last call; `null` when there are none. */
    async look(): Promise<{ readonly seen: number; readonly changes: readonly Change[] } | null> {
      const head = Number((await db.selectFrom("audit_head").select("seq").executeTakeFirstOrThrow()).seq);
      const from = seen;
      if (from === null || head < from) forgetBefore(head);
      else if (head > from) await readUpTo(head, from);
      else return null;
      seen = Math.max(head, recent.at(-1)?.seq ?? 0);
      return { seen, changes: from === null ? [] : changesSince(from) };
    },
  };
}

export type ChangeFeed = ReturnType<typeof createChangeFeed>;

/**
 * Publishes changes by following the audit log, which has an entry for each action and new state, from any process. Polls only
 * while there are followers, with one query for all; all get the same event object.
 */
export function createChangeFeed(
  database: OpenDatabase,
  { lookEveryMs, maxDurationMs, maxFollowers, maxPerPerson }: ChangeFeedLimits = usualLimits,
) {
  const guarded = translateDatabaseErrors(database);
  const slots = createSharedSlots({ total: maxFollowers, perPerson: maxPerPerson }, "followers");
  /** Followers with the end of their subscription; in order of arrival, so the first ends first. */
  const followers = new Map<ChangeFollower, number>();
  const recentChanges = createRecentChanges(database);
  let isClosed = false;
  let latest: ChangeEvent = { id: "0", changes: [] };
  let underWay: Promise<void> | null = null;

  async function look(): Promise<void> {
    const news = await recentChanges.look();
    if (news === null) return;
    latest = { id: String(news.seen), changes: [] };
    const { changes } = news;
    if (changes.length === 0) return;
    const event: ChangeEvent = { id: latest.id, changes: [...changes] };
    for (const follower of followers.keys()) follower.tell(event);
  }

  function lookOnce(): Promise<void> {
    underWay ??= guarded(look).finally(() => {
      underWay = null;
    });
    return underWay;
  }

  function endOld(): void {
    const now = performance.now();
    for (const [follower, endsAt] of followers) {
      if (endsAt > now) return;
      followers.delete(follower);
      follower.end();
    }
  }

  // Database failures are reported elsewhere; missed changes are sent after recovery.
  const looking = createRepeater(async () => {
    endOld();
    await lookOnce();
  }, lookEveryMs);

  return {
    /**
     * Sends the follower the changes since entry `after` (none if it is `null`) and then new ones, until it leaves, its time is
     * over or this process ends. Returns the function to leave. Throws OWN_CALLS_EXHAUSTED or SERVER_BUSY when there is no room,
     * STORE_UNAVAILABLE.
     */
    async follow(follower: ChangeFollower, after: string | null): Promise<() => void> {
      const release = slots.take(follower.personId);
      const leave = (): void => {
        release();
        followers.delete(follower);
        if (followers.size === 0) void looking.stop();
      };
      try {
        if (followers.size === 0) await lookOnce();
      } catch (error) {
        leave();
        throw error;
      }
      if (isClosed) {
        follower.end();
        return leave;
      }
      followers.set(follower, performance.now() + maxDurationMs);
      looking.start();
      const changes = after === null ? [] : recentChanges.since(Number(after));
      follower.tell(changes.length === 0 ? latest : { id: latest.id, changes: [...changes] });
      return leave;
    },

    count: (): number => followers.size,
    /** Ends all subscriptions. */
    async close(): Promise<void> {
      isClosed = true;
      for (const follower of [...followers.keys()]) follower.end();
      followers.clear();
      await looking.stop();
    },
  };
}
