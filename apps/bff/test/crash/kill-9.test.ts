import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trialsLimitMs } from "../trials-limit.ts";
import { chanceOfMore, maxByChance } from "./chance.ts";
import { type BuiltBff, buildBff } from "./child-bff.ts";
import { openTargets, type Targets } from "./gateway-truth.ts";
import { type KillTrialResult, runKillTrials } from "./kill-trial.ts";

const submissionsEach = 8;
/** The fraction of a trial's calls that are proven three times to have created no job; a few hundredths by its mix of faults. */
const reviewProbability = 0.05;

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
    ["killed six times in each of 4 runs", "SIGKILL", 4, 1],
    ["put to sleep for longer than every window, in 2 runs", "SIGSTOP", 2, 501],
  ] as const)(
    "of a server %s: none doubled, lost, early or left to a person without cause, every state true",
    async (_, signal, runs, firstSeed) => {
      const traces: KillTrialResult[] = [];
      const sum = await runKillTrials(
        { program: built.program, targets: targets.urls, signal },
        { firstSeed, runs, sideBySide: 2 },
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
        uncaused: [],
        brokenAudits: 0,
      });
      expect(sum.inReview).toBeLessThanOrEqual(maxByChance(sum.submissions, reviewProbability));
      expect(sum.calls).toBeGreaterThan(sum.submissions / 2);
    },
    trialsLimitMs,
  );
});

describe("what chance may bring", () => {
  it("is the upper tail of the binomial distribution", () => {
    expect(chanceOfMore(0, 2, 0.5)).toBeCloseTo(0.75, 12);
    expect(chanceOfMore(1, 3, 0.1)).toBeCloseTo(0.028, 12);
    expect(chanceOfMore(3, 3, 0.1)).toBe(0);
  });

  it("is less than half of 32 submissions", () => {
    expect(maxByChance(32, reviewProbability)).toBeLessThan(32 / 2);
  });
});
