import { describe, expect, it } from "vitest";
import { dialects, runDialectTrial, unclearFates } from "./dialect-trial.ts";
import { trialsLimitMs } from "./trials-limit.ts";

describe("an unclear answer to createJob, from gateways of every dialect that the contract allows", () => {
  it("creates no second job, binds no other one, and needs review only where the list proves nothing", {
    timeout: trialsLimitMs,
  }, async () => {
    const entries = Object.entries(dialects);
    const results = await Promise.all(
      entries.map(async ([name, dialect]) => {
        const trial = await runDialectTrial(dialect, { submissions: unclearFates.length, olderJobs: 60 });
        return [name, trial] as const;
      }),
    );
    for (const [name, { doubled, misbound, untrue, bound, left, submissions }] of results) {
      expect.soft({ doubled, misbound, untrue }, name).toEqual({ doubled: [], misbound: [], untrue: [] });
      // The one call that was not executed: absence proves nothing where memos are cut.
      const expectedLeft = name.startsWith("memo cut") ? { MEMO_CUT: 1 } : {};
      expect.soft(left, name).toEqual(expectedLeft);
      expect.soft(bound, name).toBe(submissions + 1 - Object.keys(expectedLeft).length);
    }
  });
});
