import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trialsLimitMs } from "../trials-limit.ts";
import { type BuiltBff, buildBff } from "./child-bff.ts";
import { openTargets, type Targets } from "./gateway-truth.ts";
import { type KillTrialResult, runKillTrials } from "./kill-trial.ts";

const submissionsEach = 8;
const reviewShare = 0.03;

let built: BuiltBff;
let targets: Targets;
beforeAll(async () => {
  built = await buildBff();
  targets = await openTargets(submissionsEach);
});
afterAll(async () => {
  await targets.close();
  built.remove();
});

describe("submissions to a failing gateway, over a network that holds calls back", () => {
  it.each([
    ["killed six times in each of 6 runs", "SIGKILL", 6, 1],
    ["put to sleep for longer than every window, in 3 runs", "SIGSTOP", 3, 501],
  ] as const)(
    "of a server %s: none doubled, lost or early, every state true",
    async (_, signal, runs, firstSeed) => {
      const traces: KillTrialResult[] = [];
      const sum = await runKillTrials(
        { program: built.program, targets: targets.urls, signal },
        { firstSeed, runs, sideBySide: 3 },
        (result) => {
          if (result.trace.length > 0) traces.push(result);
        },
      );
      expect(sum, JSON.stringify(traces, null, 1)).toMatchObject({
        runs,
        submissions: runs * submissionsEach,
        doubled: [],
        lost: [],
        early: [],
        untrue: [],
        unrecorded: [],
        brokenAudits: 0,
      });
      // Chance alone leaves some to a person: 3 % of many, and one in twenty of a few.
      expect(sum.inReview).toBeLessThanOrEqual(Math.max(0.05, reviewShare) * sum.submissions);
      expect(sum.calls).toBeGreaterThan(sum.submissions / 2);
    },
    trialsLimitMs,
  );
});
