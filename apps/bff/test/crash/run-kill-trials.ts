/**
 * The long form of kill-9.test.ts:
 *
 *   node apps/bff/test/crash/run-kill-trials.ts [--runs 200] [--seed 1] [--side-by-side 6] [--stop]
 *     [--dialect documented|oldest-first-exact-search] [--set WSC_NAME=value …] [--trace]
 *
 * `--stop` pauses the server (SIGSTOP) longer than every window instead of killing it. `--set` changes a setting of the server,
 * for example WSC_SIGNATURE_VALIDITY_MS=0 to see the effect of not waiting for the last signature to expire. Exits with 1 when a
 * paid call was doubled, lost, early or shown wrongly, when one needs review without a cause, or when, with a documented gateway,
 * more need review than chance explains.
 */
import { parseArgs } from "node:util";
import { maxByChance } from "./chance.ts";
import { buildBff } from "./child-bff.ts";
import { openTargets } from "./gateway-truth.ts";
import { crashDialects, runKillTrials } from "./kill-trial.ts";

const isDialect = (name: string): name is keyof typeof crashDialects => Object.hasOwn(crashDialects, name);
const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    "side-by-side": { type: "string", default: "6" },
    set: { type: "string", multiple: true, default: [] },
    dialect: { type: "string", default: "documented" },
    stop: { type: "boolean", default: false },
    trace: { type: "boolean", default: false },
  },
});
const dialect = values.dialect;
if (!isDialect(dialect)) throw new Error(`no dialect ${dialect}; there are ${Object.keys(crashDialects).join(", ")}`);
const submissionsEach = 8;
/** For a documented gateway. With a list that proves little, more need review; that is counted and no failure. */
const reviewProbability = 0.03;
const environment = Object.fromEntries(values.set.map((pair) => pair.split("=", 2) as [string, string]));

/** Why submissions need review. */
const textOf = (reasons: Readonly<Record<string, number>>): string => {
  const counted = Object.entries(reasons).map(([code, count]) => `${code} ${count}`);
  return counted.length === 0 ? "" : ` (${counted.join(", ")})`;
};

const built = await buildBff();
const targets = await openTargets(submissionsEach);
const startedAt = Date.now();
try {
  const sum = await runKillTrials(
    {
      program: built.program,
      targets: targets.urls,
      environment,
      dialect,
      signal: values.stop ? "SIGSTOP" : "SIGKILL",
    },
    { firstSeed: Number(values.seed), runs: Number(values.runs), sideBySide: Number(values["side-by-side"]) },
    ({
      seed,
      bound,
      inReview,
      reviewReasons,
      requested,
      calls,
      ms,
      trace,
      doubled,
      lost,
      early,
      untrue,
      unrecorded,
      uncaused,
    }) => {
      const faults = [...doubled, ...lost, ...early, ...untrue, ...unrecorded, ...uncaused];
      process.stdout.write(
        `seed ${seed}: ${bound} of ${requested} bound, ${inReview} in review${textOf(reviewReasons)}, ${calls} calls, ${ms} ms${
          faults.length === 0 ? "" : ` FAULTS ${faults.join("; ")}`
        }\n`,
      );
      if (values.trace && trace.length > 0) process.stdout.write(`${trace.join("\n")}\n`);
    },
  );
  const { runs, submissions, kills, calls, bound, inReview, reviewReasons, brokenAudits } = sum;
  const { doubled, lost, early, untrue, unrecorded, uncaused } = sum;
  process.stdout.write(
    `${runs} runs, ${submissions} submissions, ${kills} kills, ${calls} createJob calls, ${Math.round((Date.now() - startedAt) / 1000)} s: ` +
      `${bound} bound, ${inReview} in review (${((100 * inReview) / submissions).toFixed(2)} %)${textOf(reviewReasons)}, ${doubled.length} doubled, ${lost.length} lost, ` +
      `${early.length} early, ${untrue.length} shown wrongly, ${unrecorded.length} calls without their record, ${uncaused.length} reviews without cause, ${brokenAudits} broken audit chains\n`,
  );
  const faults = [...doubled, ...lost, ...early, ...untrue, ...unrecorded, ...uncaused];
  for (const fault of faults) process.stdout.write(`${fault}\n`);
  const isReviewedTooOften = dialect === "documented" && inReview > maxByChance(submissions, reviewProbability);
  if (faults.length > 0 || brokenAudits > 0 || isReviewedTooOften) process.exitCode = 1;
} finally {
  await targets.close();
  built.remove();
}
