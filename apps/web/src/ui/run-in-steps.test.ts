import { describe, expect, it } from "vitest";
import { runInSteps } from "./run-in-steps.ts";

const entries = Array.from({ length: 1234 }, (_, index) => index);

describe("work in steps", () => {
  it("is done for every entry once and in order, and told when it is done", async () => {
    const seen: number[] = [];
    await new Promise<void>((resolve) => runInSteps(entries, (entry) => void seen.push(entry), resolve));
    expect(seen).toEqual(entries);
  });

  it("begins after whoever asked for it goes on", async () => {
    const seen: number[] = [];
    const done = new Promise<void>((resolve) => runInSteps(entries, (entry) => void seen.push(entry), resolve));
    expect(seen).toEqual([]);
    await done;
  });

  it("is told to be done for no entries at all", async () => {
    await expect(
      new Promise<string>((resolve) =>
        runInSteps(
          [],
          () => {},
          () => resolve("done"),
        ),
      ),
    ).resolves.toBe("done");
  });

  it("does nothing more once it was stopped", async () => {
    const seen: number[] = [];
    const stop = runInSteps(
      entries,
      (entry) => {
        seen.push(entry);
        if (entry === 30) stop();
      },
      () => seen.push(-1),
    );
    await new Promise<void>((resolve) => runInSteps(entries, () => {}, resolve));
    expect(seen).not.toContain(-1);
    expect(seen.length).toBeLessThan(entries.length);
  });
});
