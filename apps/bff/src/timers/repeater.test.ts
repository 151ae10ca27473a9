import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRepeater } from "./repeater.ts";

describe("a repeater", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("runs first after one interval and then one interval after each run", async () => {
    const at: number[] = [];
    const began = Date.now();
    const repeater = createRepeater(async () => {
      at.push(Date.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }, 100);
    repeater.start();
    repeater.start();
    await vi.advanceTimersByTimeAsync(400);
    expect(at).toEqual([100, 230, 360]);
    await vi.advanceTimersByTimeAsync(30);
    await repeater.stop();
  });

  it("never runs concurrently, and runs once more when it was woken meanwhile", async () => {
    let running = 0;
    let most = 0;
    let count = 0;
    const repeater = createRepeater(async () => {
      running += 1;
      most = Math.max(most, running);
      count += 1;
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
    }, 1_000);
    repeater.start();
    for (let times = 0; times < 5; times += 1) repeater.wake();
    await vi.advanceTimersByTimeAsync(5);
    for (let times = 0; times < 5; times += 1) repeater.wake();
    await vi.advanceTimersByTimeAsync(100);
    expect([most, count]).toEqual([1, 2]);
    await repeater.stop();
  });

  it("goes on after a failure, which it reports", async () => {
    const errors: unknown[] = [];
    const repeater = createRepeater(
      () => Promise.reject(new Error("no")),
      10,
      (error) => errors.push(error),
    );
    repeater.start();
    await vi.advanceTimersByTimeAsync(25);
    expect(errors).toHaveLength(2);
    await repeater.stop();
  });

  it("runs nothing before start and after stop, and stop waits for the current run", async () => {
    let ended = 0;
    const repeater = createRepeater(async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      ended += 1;
    }, 10);
    repeater.wake();
    await vi.advanceTimersByTimeAsync(100);
    expect(ended).toBe(0);
    repeater.start();
    repeater.wake();
    const stopped = repeater.stop();
    await vi.advanceTimersByTimeAsync(50);
    await stopped;
    repeater.wake();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ended).toBe(1);
  });
});
