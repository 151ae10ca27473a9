import { WscError } from "@wsc-dashboard/wsc-core";
import { UpstreamError } from "@wsc-dashboard/wsc-core/node";
import { LRUCache } from "lru-cache";

export interface CachedAnswer<T> {
  readonly value: T;
  /** When the upstream responded, in local milliseconds. */
  readonly asOf: number;
  /** The failure because of which this older value is returned. */
  readonly stale?: WscError;
}

export interface ReadCacheOptions<T> {
  readonly ttlMs: number;
  readonly now: () => number;
  /** Approximate memory of a value, in bytes. */
  readonly sizeOf?: (value: T) => number;
  readonly maxBytes?: number;
}

export interface ReadOptions {
  /** Asks the upstream even when a cached value is valid; does not join a read that started without it. */
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

/** The latest failed read of a key. */
interface Failure {
  readonly error: WscError;
  readonly at: number;
  readonly times: number;
  readonly generation: number;
}

/** Whether the call was not sent, because calls of its kind are paused or the person has used up their share. */
export const wasNotSent = (error: WscError): boolean =>
  error.code === "OWN_CALLS_EXHAUSTED" || (error instanceof UpstreamError && error.facts.pausedUntil !== undefined);

const maxEntries = 300;
const defaultMaxBytes = 64 * 1024 * 1024;
/** Maximum age of a value that is returned while the upstream fails, in milliseconds. */
const staleLimitMs = 15 * 60_000;
/** Maximum wait for a new value while an older one is cached, in milliseconds. */
const patienceMs = 250;
/** The same after a change that the older value does not show yet, in milliseconds. */
const patienceAfterChangeMs = 1_000;
/** Wait before a failed read is retried, in milliseconds; doubled each time while an older value is returned instead. */
const failureHoldMs = 1_000;
const maxHoldMs = 10_000;

/** The latest failure of each key, while it is not retried. `now`: local milliseconds. */
function createFailureHold(now: () => number) {
  const failures = new LRUCache<string, Failure>({ max: maxEntries });
  return {
    /** `generation`: the one in which the read began. */
    note(key: string, error: WscError, generation: number): void {
      // A call that was not sent says nothing new, and retrying it is free.
      if (wasNotSent(error)) return;
      const times = (failures.get(key)?.times ?? 0) + 1;
      failures.set(key, { error, at: now(), times, generation });
    },
    forget: (key: string): void => void failures.delete(key),
    latest: (key: string): WscError | null => failures.get(key)?.error ?? null,
    /** The failure to report instead of a retry; `hasOlder`: an older value is available. */
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

/** Waits for reads, until one of them was waited for in vain: then nobody waits until a read is quick again. */
function createPatience() {
  /** Who waits, with the longest wait in milliseconds. */
  const waiting = new Map<() => void, number>();
  let isSlow = false;
  let quickReadAt = Number.NEGATIVE_INFINITY;

  /** Whoever was ready to wait longer than this goes on waiting. */
  function noteSlowRead(startedAt: number, waitedMs: number): void {
    // Others were quick meanwhile: it is this read alone that is slow.
    if (quickReadAt > startedAt) return;
    isSlow = true;
    for (const [release, longest] of waiting) if (longest <= waitedMs) release();
  }

  return {
    /** The result of a running read within `longest` milliseconds of its start; `null` when it takes longer. */
    async wait<A>({ answer, startedAt }: PendingRead<A>, longest: number): Promise<CachedAnswer<A> | null> {
      const leftMs = longest - (performance.now() - startedAt);
      if (leftMs <= 0) noteSlowRead(startedAt, longest);
      if (isSlow || leftMs <= 0) return null;
      const { promise: end, resolve } = Promise.withResolvers<null>();
      const giveUp = (): void => resolve(null);
      const timer = setTimeout(() => {
        giveUp();
        noteSlowRead(startedAt, longest);
      }, leftMs);
      waiting.set(giveUp, longest);
      try {
        return await Promise.race([answer, end]);
      } finally {
        clearTimeout(timer);
        waiting.delete(giveUp);
      }
    },
    noteQuickRead(): void {
      isSlow = false;
      quickReadAt = performance.now();
    },
  };
}

/**
 * Caches upstream reads by their exact arguments: concurrent callers share one read, later ones get its value until `ttlMs` has
 * passed or `invalidate()` was called. When a read fails or is slow, the older value is returned, marked as stale; a slow read
 * continues and its value is cached. A failure is cached briefly too.
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
  const patience = createPatience();

  /** The cached value that is young enough to be returned as stale, if any. */
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
      if (performance.now() - startedAt < patienceMs) patience.noteQuickRead();
      failures.forget(key);
      // A read that began before a change must not replace a later value.
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
    // A read that began before a change must not serve callers that came after it.
    const pendingKey = `${generation} ${fresh} ${key}`;
    const running = pending.get(pendingKey);
    if (running !== undefined) return running;
    const answer = fetchAnswer(key, read).finally(() => pending.delete(pendingKey));
    // Its caller may have stopped waiting: avoids an unhandled rejection.
    answer.catch(() => {});
    const started = { answer, startedAt: performance.now() };
    pending.set(pendingKey, started);
    return started;
  }

  /** The value of the running read, or the older one when it fails or is too slow. */
  async function withOlder(key: string, running: PendingRead<T>, older: Entry<T>): Promise<CachedAnswer<T>> {
    // After a change, callers wait longer for the new state, unless the upstream is known to be slow.
    const longest = older.generation === generation ? patienceMs : patienceAfterChangeMs;
    try {
      const answer = await patience.wait(running, longest);
      return answer ?? standIn(older, failures.latest(key) ?? new WscError("UPSTREAM_SLOW"));
    } catch (error) {
      if (error instanceof WscError) return standIn(older, error);
      throw error;
    }
  }

  return {
    /** Throws the error of `read` when no older value is available. */
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
    /** Makes every later call read again; older values are returned only when a read fails or is slow. */
    invalidate(): void {
      generation += 1;
    },
  };
}
