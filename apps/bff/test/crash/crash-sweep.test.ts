import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trialsLimitMs } from "../trials-limit.ts";
import { type BuiltBff, buildBff, startChild } from "./child-bff.ts";
import { openTargets, type Targets } from "./gateway-truth.ts";
import { liveAll, type Moment, momentsOf } from "./submission-run.ts";
import { straceState } from "./system-calls.ts";

const sideBySide = 3;
/** Where strace cannot say when, the moments are these. */
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

/** Both ways a gateway answers createJob, taken in turns by the moments, so that each is met at every second step. */
const answers = ["null", "with-id"] as const;

describe("a server", () => {
  it.each([
    ["ends", "SIGKILL", 0],
    ["falls asleep for longer than every window", "SIGSTOP", 1],
  ] as const)(
    "that %s at any step of a submission: one job, one true state",
    async (_, signal, firstAnswer) => {
      const common = { program: built.program, template, target: targets.urls[0] ?? "" };
      const strace = straceState();
      if (!strace.usable)
        process.stderr.write(`${strace.why}: moments are spread over time instead of over every step\n`);
      const sweeps = answers.map(async (createAnswer, parity) => {
        const options = { ...common, createAnswer };
        // Asleep before a write of a transaction is the same as asleep before its sync: nobody sees either.
        const isOther = (moment: Moment): boolean =>
          signal === "SIGKILL" || !("step" in moment) || moment.step !== "pwrite64";
        const all = (strace.usable ? await momentsOf(options) : spread).filter(isOther);
        const moments = all.filter((__, index) => index % 2 === (parity + firstAnswer) % 2);
        expect(moments.length).toBeGreaterThan(5);
        const lives = await liveAll({ ...options, signal }, moments, sideBySide);
        const wrong = lives.filter(
          ({ life: { state, doubled, lost, early, untrue, unrecorded } }) =>
            state !== "BOUND" || [doubled, lost, early, untrue, unrecorded].some((faults) => faults.length > 0),
        );
        expect(wrong).toEqual([]);
        // The last ones may be spared, since how often a job is looked for varies.
        expect(lives.filter(({ life }) => life.isHit).length).toBeGreaterThan(0.7 * moments.length);
      });
      await Promise.all(sweeps);
    },
    trialsLimitMs,
  );
});
