import { describe, expect, it } from "vitest";
import { runNotificationTrial } from "./notification-trial.ts";
import { randomSource } from "./random-source.ts";

describe("a notification", () => {
  it.each([1, 2])(
    "that was kept is delivered with one id, however often the sender is killed (seed %i)",
    async (seed) => {
      const result = await runNotificationTrial(randomSource(seed).next);
      expect(result).toMatchObject({ lost: [], renamed: [] });
      expect(result.kept).toBeGreaterThan(0);
    },
  );
});
