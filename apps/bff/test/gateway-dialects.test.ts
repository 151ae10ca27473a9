import { describe, expect, it } from "vitest";
import { startDialectGateway } from "./dialect-gateway.ts";
import { dialects, runDialectTrial, unclearFates, usualDialect } from "./dialect-trial.ts";
import { jobBody, startBff, until } from "./start-bff.ts";
import { trialsLimitMs } from "./trials-limit.ts";

const hourMs = 3_600_000;

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

describe("a refusal because the target has a job", () => {
  it("after a person had a lost call resent is not taken for somebody else's job", async () => {
    const gateway = await startDialectGateway(
      { ...usualDialect, search: "none", order: "unordered", cap: 10, lagMs: hourMs },
      900,
    );
    const bff = await startBff({
      upstreamUrl: gateway.origin,
      environment: { WSC_SIGNATURE_VALIDITY_MS: "300", WSC_INDEX_LAG_MS: "50", WSC_RECONCILE_STEP_MS: "60" },
    });
    const body = '{"error":{"errorCode":160453,"message":"Already Scan Pending"}}';
    gateway.plan([
      { kind: "lost", isCarriedOut: true },
      { kind: "refusal", status: 200, body },
    ]);
    const { json } = await bff.ask("POST", "/api/jobs", { body: jobBody("https://shop.example.com/") });
    const path = `/api/submissions/${json.submission.id}`;
    const read = async () => (await bff.ask("GET", path)).json.submission;
    await until(read, ({ state }) => state === "NEEDS_REVIEW");
    await bff.ask("POST", `${path}/resolve`, { body: { choice: "resend" } });
    const settled = await until(
      read,
      ({ state, attempts }) => state === "NEEDS_REVIEW" || (state === "RETRY_WAIT" && attempts.length > 0),
    );
    await bff.close();
    await gateway.close();
    expect(settled.state).toBe("NEEDS_REVIEW");
    expect(gateway.creates()).toBe(2);
  });
});
