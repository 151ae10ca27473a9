import { WscError } from "@wsc-dashboard/wsc-core";
import { LRUCache } from "lru-cache";

export interface CachedAnswer<T> {
  readonly value: T;
  /** When the upstream gave it, in local milliseconds. */
  readonly asOf: number;
  /** The failure that this older answer stands in for. */
  readonly stale?: WscError;
}

interface Entry<T> {
  value: T;
  asOf: number;
  generation: number;
}

const maxEntries = 300;
/** An older answer stands in for a failing upstream this long, in milliseconds. */
const staleLimitMs = 15 * 60_000;

/**
 * One upstream read per exact arguments: concurrent callers share it, later ones get it until `ttlMs` is over or
 * `invalidate()` was called. When a read fails, the older answer to the same arguments is given, marked as stale.
 */
export function createReadCache<T>(ttlMs: number, now: () => number) {
  const entries = new LRUCache<string, Entry<T>>({ max: maxEntries });
  const pending = new Map<string, Promise<CachedAnswer<T>>>();
  let generation = 0;

  async function fetchAnswer(key: string, read: () => Promise<T>): Promise<CachedAnswer<T>> {
    const startedIn = generation;
    try {
      const value = await read();
      const asOf = now();
      entries.set(key, { value, asOf, generation: startedIn });
      return { value, asOf };
    } catch (error) {
      const older = entries.get(key);
      if (error instanceof WscError && older !== undefined && now() - older.asOf <= staleLimitMs) {
        return { value: older.value, asOf: older.asOf, stale: error };
      }
      throw error;
    }
  }

  return {
    /** Throws what `read` throws when there is nothing older to give. */
    async get(key: string, read: () => Promise<T>, options: { fresh?: boolean } = {}): Promise<CachedAnswer<T>> {
      const entry = entries.get(key);
      const usable = entry !== undefined && entry.generation === generation && now() - entry.asOf < ttlMs;
      if (usable && options.fresh !== true) return { value: entry.value, asOf: entry.asOf };
      // A read that began before a change must not answer what came after it.
      const pendingKey = `${generation} ${options.fresh === true} ${key}`;
      const running = pending.get(pendingKey);
      if (running !== undefined) return running;
      const answer = fetchAnswer(key, read).finally(() => pending.delete(pendingKey));
      pending.set(pendingKey, answer);
      return answer;
    },
    /** From now on every answer is read again; older ones only stand in for failures. */
    invalidate(): void {
      generation += 1;
    },
  };
}
