import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trialsLimitMs } from "../trials-limit.ts";
import { type BuiltBff, buildBff, startChild } from "./child-bff.ts";
import { openTargets, type Targets } from "./gateway-truth.ts";
import { type EndingSignal, type Moment, momentsOf, type RunPlace, runAll, startRunner } from "./submission-run.ts";
import { attachState, type StraceState } from "./system-calls.ts";

const sideBySide = 2;
/** Longer than a start takes: the second kills are spread over it. */
const startMs = 1_200;
/** Used where strace cannot provide the moments. */
const spread: readonly Moment[] = Array.from({ length: 20 }, (_, index) => ({ afterMs: index * 12 }));

let built: BuiltBff;
let targets: Targets;
let template: string;
beforeAll(async () => {
  built = await buildBff();
  targets = await openTargets(1);
  template = mkdtempSync(join(tmpdir(), "wsc-template-"));
  const first = startChild({
    program: built.program,
    dataDirectory: template,
    upstreamUrl: "http://127.0.0.1:9",
  });
  await first.listening;
  first.signal("SIGTERM");
  expect(await first.ended).toBe(0);
});
afterAll(async () => {
  await targets.close();
  built.remove();
  rmSync(template, { recursive: true, force: true });
});

/** Both responses of a gateway to createJob, alternating over the moments, so that each occurs at every second step. */
const answers = ["null", "with-id"] as const;

/** Finds the moments of an undisturbed submission. */
async function findMoments(place: RunPlace, signal: EndingSignal, strace: StraceState): Promise<readonly Moment[]> {
  if (!strace.usable) return spread;
  const runner = await startRunner(place);
  try {
    const moments = momentsOf((await runner.run({ moment: null, signal })).calls);
    // Stopping before a write of a transaction equals stopping before its sync: neither is visible.
    return signal === "SIGSTOP" ? moments.filter(({ step }) => step !== "pwrite64") : moments;
  } finally {
    await runner.close();
  }
}

describe("a server", () => {
  it.each([
    ["ends", "SIGKILL", 0],
    ["falls asleep for longer than every window", "SIGSTOP", 1],
  ] as const)(
    "that %s at any step of a submission: one job, one true state",
    async (_, signal, firstAnswer) => {
      const strace = attachState();
      if (!strace.usable)
        process.stderr.write(`${strace.why}: moments are spread over time instead of over every step\n`);
      const sweeps = answers.map(async (createAnswer, parity) => {
        const place: RunPlace = { program: built.program, template, target: targets.urls[0] ?? "", createAnswer };
        const moments = await findMoments(place, signal, strace);
        // The server that takes over is killed as well, each time a little later in its start.
        const chosen = moments.filter((__, index) => index % 2 === (parity + firstAnswer) % 2);
        const planned = chosen.map((moment, index) => ({
          moment,
          killAgainAfterMs: signal === "SIGKILL" ? (index * startMs) / chosen.length : undefined,
        }));
        expect(planned.length).toBeGreaterThan(5);
        const runs = await runAll(place, signal, planned, sideBySide);
        const wrong = runs.filter(
          ({ result: { state, doubled, lost, early, untrue, unrecorded } }) =>
            state !== "BOUND" || [doubled, lost, early, untrue, unrecorded].some((faults) => faults.length > 0),
        );
        expect(wrong).toEqual([]);
        // Up to half are missed, mostly late ones, since the number of searches for a job varies; more on a busy machine.
        expect(runs.filter(({ result }) => result.isHit).length).toBeGreaterThanOrEqual(planned.length / 3);
      });
      await Promise.all(sweeps);
    },
    trialsLimitMs,
  );
});
