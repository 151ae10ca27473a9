import { describe, expect, it } from "vitest";
import { runInSteps } from "./run-in-steps.ts";

const entries = Array.from({ length: 1234 }, (_, index) => index);

describe("work in time slices", () => {
  it("processes every entry once in order, and reports completion", async () => {
    const seen: number[] = [];
    await new Promise<void>((resolve) => runInSteps(entries, (entry) => void seen.push(entry), resolve));
    expect(seen).toEqual(entries);
  });

  it("starts after the caller has continued", async () => {
    const seen: number[] = [];
    const done = new Promise<void>((resolve) => runInSteps(entries, (entry) => void seen.push(entry), resolve));
    expect(seen).toEqual([]);
    await done;
  });

  it("reports completion for no entries", async () => {
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

  it("does nothing after it was stopped", async () => {
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
