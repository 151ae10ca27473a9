import { WscError } from "@wsc-dashboard/wsc-core";
import { UpstreamError } from "@wsc-dashboard/wsc-core/node";
import { LRUCache } from "lru-cache";

export interface CachedAnswer<T> {
  readonly value: T;
  /** When the upstream gave it, in local milliseconds. */
  readonly asOf: number;
  /** The failure that this older answer stands in for. */
  readonly stale?: WscError;
}

export interface ReadCacheOptions<T> {
  readonly ttlMs: number;
  readonly now: () => number;
  /** Roughly what a value takes in memory, in bytes. */
  readonly sizeOf?: (value: T) => number;
  readonly maxBytes?: number;
}

export interface ReadOptions {
  /** Asks the upstream even when a kept answer would do; an answer that was asked for before does not count either. */
  readonly fresh?: boolean;
}

interface Entry<T> extends CachedAnswer<T> {
  readonly generation: number;
  readonly bytes: number;
}

interface PendingRead<T> {
  readonly answer: Promise<CachedAnswer<T>>;
  readonly startedAt: number;
}

/** What the latest reads of a key came to, when they failed. */
interface Failure {
  readonly error: WscError;
  readonly at: number;
  readonly times: number;
  readonly generation: number;
}

/** Whether the call did not leave, because calls of its kind are paused or the person who asked has used up their share. */
export const wasNotSent = (error: WscError): boolean =>
  error.code === "OWN_CALLS_EXHAUSTED" || (error instanceof UpstreamError && error.facts.pausedUntil !== undefined);

const maxEntries = 300;
const defaultMaxBytes = 64 * 1024 * 1024;
/** An older answer stands in for a failing upstream this long, in milliseconds. */
const staleLimitMs = 15 * 60_000;
/** Time limit for a newer answer while an older one is cached, in milliseconds. */
const patienceMs = 250;
/** After a change, when the older answer does not show what it brought about, in milliseconds. */
const patienceAfterChangeMs = 1_000;
/** A read that failed is not tried again before, in milliseconds: while an older answer stands in, twice as long each time. */
const failureHoldMs = 1_000;
const maxHoldMs = 10_000;

/** The latest failure of each key, for the moment in which it is not tried again. `now`: local milliseconds. */
function createFailureHold(now: () => number) {
  const failures = new LRUCache<string, Failure>({ max: maxEntries });
  return {
    /** `generation`: in which the read began. */
    note(key: string, error: WscError, generation: number): void {
      // A call that did not leave says nothing new, and costs nothing to try again.
      if (wasNotSent(error)) return;
      const times = (failures.get(key)?.times ?? 0) + 1;
      failures.set(key, { error, at: now(), times, generation });
    },
    forget: (key: string): void => void failures.delete(key),
    latest: (key: string): WscError | null => failures.get(key)?.error ?? null,
    /** The failure that stands instead of another try; `hasOlder`: while an older answer stands in. */
    held(key: string, generation: number, hasOlder: boolean): WscError | null {
      const failure = failures.get(key);
      if (failure === undefined || failure.generation !== generation) return null;
      const holdMs = hasOlder
        ? Math.min(maxHoldMs, failureHoldMs * 2 ** Math.min(10, failure.times - 1))
        : failureHoldMs;
      const since = now() - failure.at;
      return since >= 0 && since < holdMs ? failure.error : null;
    },
  };
}

/** What `answer` comes to within `waitMs`; `null` when it takes longer. */
async function withinTime<A>(answer: Promise<A>, waitMs: number): Promise<A | null> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<null>((resolve) => {
    if (waitMs <= 0) resolve(null);
    else timer = setTimeout(() => resolve(null), waitMs);
  });
  try {
    return await Promise.race([answer, patience]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * One upstream read per exact arguments: askers at the same time share it, later ones get it until `ttlMs` is over or
 * `invalidate()` was called. When a read fails or takes long, the older answer to the same arguments is given, marked as stale; a slow
 * read goes on and its answer is kept. A failure is kept for a moment too.
 */
export function createReadCache<T>({ ttlMs, now, sizeOf = () => 1, maxBytes = defaultMaxBytes }: ReadCacheOptions<T>) {
  const entries = new LRUCache<string, Entry<T>>({
    max: maxEntries,
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => Math.max(1, bytes),
  });
  const pending = new Map<string, PendingRead<T>>();
  const failures = createFailureHold(now);
  let generation = 0;
  /** After a slow read the next one is not waited for while there is an older answer. */
  let isSlow = false;

  /** The older answer that may stand in, if there is one. */
  function olderAnswer(key: string): Entry<T> | null {
    const entry = entries.get(key);
    return entry !== undefined && now() - entry.asOf <= staleLimitMs ? entry : null;
  }

  const standIn = ({ value, asOf }: Entry<T>, stale: WscError): CachedAnswer<T> => ({ value, asOf, stale });

  async function fetchAnswer(key: string, read: () => Promise<T>): Promise<CachedAnswer<T>> {
    const startedIn = generation;
    const startedAt = performance.now();
    try {
      const value = await read();
      const asOf = now();
      if (performance.now() - startedAt < patienceMs) isSlow = false;
      failures.forget(key);
      // What began before a change must not take the place of what came after it.
      if ((entries.get(key)?.generation ?? 0) <= startedIn) {
        entries.set(key, { value, asOf, generation: startedIn, bytes: sizeOf(value) });
      }
      return { value, asOf };
    } catch (error) {
      if (error instanceof WscError) failures.note(key, error, startedIn);
      throw error;
    }
  }

  function sharedRead(key: string, read: () => Promise<T>, fresh: boolean): PendingRead<T> {
    // A read that began before a change must not answer what came after it.
    const pendingKey = `${generation} ${fresh} ${key}`;
    const running = pending.get(pendingKey);
    if (running !== undefined) return running;
    const answer = fetchAnswer(key, read).finally(() => pending.delete(pendingKey));
    // It may have no listener any more.
    answer.catch(() => {});
    const started = { answer, startedAt: performance.now() };
    pending.set(pendingKey, started);
    return started;
  }

  /** The answer of the running read, or the older one when it fails or takes too long. */
  async function withOlder(key: string, running: PendingRead<T>, older: Entry<T>): Promise<CachedAnswer<T>> {
    // After a change readers wait longer for the new state, unless the upstream is known to be slow.
    const longest = older.generation === generation ? patienceMs : patienceAfterChangeMs;
    const waitMs = isSlow ? 0 : longest - (performance.now() - running.startedAt);
    try {
      const answer = await withinTime(running.answer, waitMs);
      if (answer !== null) return answer;
      isSlow = true;
      return standIn(older, failures.latest(key) ?? new WscError("UPSTREAM_SLOW"));
    } catch (error) {
      if (error instanceof WscError) return standIn(older, error);
      throw error;
    }
  }

  return {
    /** Throws what `read` throws when there is nothing older to give. */
    async get(key: string, read: () => Promise<T>, { fresh = false }: ReadOptions = {}): Promise<CachedAnswer<T>> {
      const entry = entries.get(key);
      const isUsable = entry !== undefined && entry.generation === generation && now() - entry.asOf < ttlMs;
      if (isUsable && !fresh) return { value: entry.value, asOf: entry.asOf };
      const older = olderAnswer(key);
      if (fresh) return sharedRead(key, read, true).answer;
      const failure = failures.held(key, generation, older !== null);
      if (failure !== null) {
        if (older === null) throw failure;
        return standIn(older, failure);
      }
      const running = sharedRead(key, read, false);
      return older === null ? running.answer : withOlder(key, running, older);
    },
    /** From now on every answer is read again; older ones only stand in for failures. */
    invalidate(): void {
      generation += 1;
    },
  };
}
