import { describe, expect, it } from "vitest";
import { trialsLimitMs } from "../trials-limit.ts";
import { runNotificationTrial } from "./notification-trial.ts";

describe("a notification", () => {
  it(
    "that was kept is delivered with one id, however often the sender is killed",
    async () => {
      for (let trial = 0; trial < 2; trial += 1) {
        const result = await runNotificationTrial(Math.random);
        expect(result).toMatchObject({ lost: [], renamed: [] });
        expect(result.kept).toBeGreaterThan(0);
      }
    },
    trialsLimitMs,
  );
});
