import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createReadCache } from "./read-cache.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (): Promise<never> => new Promise(() => {});

const delayed = async (value: string, ms: number): Promise<string> => {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return value;
};

/** A cache whose values are out of date. */
async function startCache(keys: readonly string[]) {
  const cache = createReadCache<string>({ ttlMs: 1_000, now: Date.now });
  for (const key of keys) await cache.get(key, async () => `older ${key}`);
  await vi.advanceTimersByTimeAsync(2_000);
  return cache;
}

describe("a read while an older value is cached", () => {
  it("is waited for a quarter of a second, then the older value is returned as stale", async () => {
    const cache = await startCache(["a"]);
    const answers: unknown[] = [];
    void cache.get("a", never).then((answer) => answers.push(answer));
    await vi.advanceTimersByTimeAsync(249);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(answers).toMatchObject([{ value: "older a", stale: { code: "UPSTREAM_SLOW" } }]);
  });

  it("is waited for no longer by anybody once one reader has waited in vain", async () => {
    const cache = await startCache(["a", "b", "c"]);
    const answers: string[] = [];
    const read = (key: string): void => void cache.get(key, never).then(({ value }) => answers.push(value));
    read("a");
    await vi.advanceTimersByTimeAsync(200);
    read("b");
    await vi.advanceTimersByTimeAsync(50);
    read("c");
    await vi.advanceTimersByTimeAsync(0);
    expect(answers.toSorted()).toEqual(["older a", "older b", "older c"]);
  });

  it("is waited for a second after a change, also when others have waited in vain", async () => {
    const cache = await startCache(["a", "b"]);
    cache.invalidate();
    await cache.get("b", async () => "after the change");
    await vi.advanceTimersByTimeAsync(1_100);
    const answer = cache.get("a", () => delayed("after the change", 400));
    void cache.get("b", never);
    await vi.advanceTimersByTimeAsync(400);
    expect(await answer).toMatchObject({ value: "after the change" });
  });

  it("is waited for while a single other read hangs", async () => {
    const cache = await startCache(["hanging", "b"]);
    void cache.get("hanging", never);
    await vi.advanceTimersByTimeAsync(1_000);
    await cache.get("c", async () => "quick");
    const answer = cache.get("b", () => delayed("new b", 150));
    void cache.get("hanging", never);
    await vi.advanceTimersByTimeAsync(150);
    expect(await answer).toMatchObject({ value: "new b" });
  });

  it("is waited for again after a quick read", async () => {
    const cache = await startCache(["a", "b"]);
    void cache.get("a", never);
    await vi.advanceTimersByTimeAsync(250);
    await cache.get("c", async () => "quick");
    const answer = cache.get("b", () => delayed("new b", 200));
    await vi.advanceTimersByTimeAsync(200);
    expect(await answer).toMatchObject({ value: "new b" });
  });
});
