/**
 * The long form of gateway-dialects.test.ts:
 *
 *   node apps/bff/test/run-dialect-trials.ts [--submissions 300] [--older 250] [--only "oldest first"]
 *
 * For each dialect it prints how many unclear responses to createJob ended in doubled, wrongly bound or wrongly settled
 * submissions, and the share that needs review, by the shown reason. Exits with 1 when anything was doubled, or bound or settled
 * wrongly.
 */
import { parseArgs } from "node:util";
import { dialects, runDialectTrial } from "./dialect-trial.ts";

const { values } = parseArgs({
  options: {
    submissions: { type: "string", default: "300" },
    older: { type: "string", default: "250" },
    only: { type: "string", default: "" },
  },
});
const options = { submissions: Number(values.submissions), olderJobs: Number(values.older) };

for (const [name, dialect] of Object.entries(dialects).filter(([one]) => one.includes(values.only))) {
  const startedAt = Date.now();
  const { doubled, misbound, untrue, left, bound, calls, reads } = await runDialectTrial(dialect, options);
  const sum = Object.values(left).reduce((all, count) => all + count, 0);
  const reasons = Object.entries(left).map(([code, count]) => `${code} ${count}`);
  process.stdout.write(
    `${name}: ${doubled.length} doubled, ${misbound.length} bound wrongly, ${untrue.length} ended wrongly, ${bound} bound, ` +
      `${sum} left to a person (${((100 * sum) / options.submissions).toFixed(1)} %${reasons.length === 0 ? "" : `: ${reasons.join(", ")}`}), ` +
      `${calls} calls, ${reads} reads, ${Math.round((Date.now() - startedAt) / 1000)} s\n`,
  );
  for (const fault of [...doubled, ...misbound, ...untrue]) process.stdout.write(`  ${fault}\n`);
  if (doubled.length + misbound.length + untrue.length > 0) process.exitCode = 1;
}
